import { days, type Instant } from '../../../shared/domain/instant.ts';
import type { ServiceRef } from '../../../shared/domain/place.ts';
import type { WindowSubject } from '../../../shared/domain/windows/audience.ts';
import type { Maintenance } from '../../../shared/domain/windows/maintenance.ts';
import { renderHolds, renderTimetable } from '../../../shared/render/answer-windows.ts';
import { type Asked, answered, type Command, type CommandDeps, type Misuse } from './command.ts';
import { momentIn, TIME_FORMS } from './moment.ts';
import { serviceIn, serviceNamed } from './service-named.ts';

/** How far ahead openings are listed. */
const AHEAD = days(14);

export const WINDOWS: Command = {
  name: 'windows',
  form: '[explain SERVICE [TIME]]',
  example: 'explain harbor-prod/checkout',
  does: 'when maintenance windows open within two weeks, and what freezes them; or what holds for a service, and why',
  run: async ([verb, name = '', time, ...rest], asked) => {
    const { visit, deps, now } = asked;
    const maintenance = await deps.maintenanceOf(visit.policy);
    if (verb === undefined) return answered(renderTimetable(maintenance, { from: now, to: now + AHEAD }));
    if (verb !== 'explain' || serviceIn(name, visit.home) === undefined || rest.length > 0)
      return { misuse: 'That is “windows” alone, or with “explain” and CLUSTER/SERVICE.' };
    const service = serviceNamed(name, visit.home, (await deps.loadOpen()).records);
    if ('misuse' in service) return service;
    const at = momentOf(time, asked);
    return typeof at === 'number' ? answered(await holdsFor(service, at, { maintenance, ecs: deps.ecs })) : at;
  },
};

function momentOf(time: string | undefined, asked: Asked): Instant | Misuse {
  if (time === undefined) return asked.now;
  return momentIn(time, 'begins', asked) ?? { misuse: `“${time}” is no time: give it as ${TIME_FORMS}.` };
}

/** The tags of the service may choose its windows, so ECS is asked for them. */
async function holdsFor(
  service: ServiceRef,
  at: Instant,
  { maintenance, ecs }: Pick<CommandDeps, 'ecs'> & { readonly maintenance: Maintenance },
) {
  const seen = await ecs.describeService(service);
  const { account, region, cluster } = service;
  const subject: WindowSubject = {
    account,
    region,
    cluster,
    service: service.service,
    tags: seen.status === 'found' ? seen.value.tags : {},
  };
  const notes = seen.status === 'found' ? [] : [`As if it had no tags, which could not be read: ${seen.because}`];
  return renderHolds(maintenance, { subject, at, notes });
}
