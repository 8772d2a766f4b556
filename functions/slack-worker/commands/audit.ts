import { renderAudit } from '../../../shared/render/answer-audit.ts';
import { answered, type Command } from './command.ts';
import { nameOf, serviceIn } from './service-named.ts';

const MOST = 20;

export const AUDIT: Command = {
  name: 'audit',
  form: '[SERVICE]',
  example: 'harbor-prod/checkout',
  does: 'who wanted what done, and what became of it, the newest first; also of a cluster or a plan',
  run: async ([name, ...rest], { visit, deps: { audit } }) => {
    if (rest.length > 0) return { misuse: 'One service at a time.' };
    if (name === undefined) return answered(renderAudit(await audit.listRecent(MOST)));
    const service = serviceIn(name, visit.home);
    const target = service === undefined ? name : nameOf(service);
    return answered(renderAudit(await audit.listAbout(target, MOST), target));
  },
};
