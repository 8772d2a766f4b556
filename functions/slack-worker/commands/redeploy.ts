import { serviceArn } from '../../../shared/domain/place.ts';
import { openRedeployOf } from '../redeploy.ts';
import type { Command } from './command.ts';
import { serviceNamed } from './service-named.ts';

/** The modal was opened with the command, before anybody knew what is in it; its button is what asks for anything. */
export const REDEPLOY: Command = {
  name: 'redeploy',
  form: 'SERVICE',
  example: 'harbor-prod/checkout',
  does: 'asks for new tasks of a service although AWS does not; it says first what that would do, and asks again',
  run: async ([name, ...rest], { visit, deps }) => {
    if (name === undefined || rest.length > 0) return { misuse: 'Give one service.' };
    const service = serviceNamed(name, visit.home, (await deps.loadOpen()).records);
    return 'misuse' in service ? service : openRedeployOf(serviceArn(service), visit, deps);
  },
};
