import { type Gathered, known } from '../../shared/domain/facts.ts';
import { days, type Instant, minutes } from '../../shared/domain/instant.ts';
import { nameOf } from '../../shared/domain/plan/plan.ts';
import type { AccountFacts } from '../../shared/domain/plan/situation.ts';
import { audiencesOf, windowsFor } from '../../shared/domain/windows/audience.ts';
import { coverageOf } from '../../shared/domain/windows/coverage.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import { listing, plural } from '../../shared/render/listing.ts';
import { warningText } from '../windows/check.ts';
import { selectText, unknownOf } from '../windows/text.ts';
import type { ReadConfiguration } from './configuration.ts';
import { type Finding, ok, unread, warn } from './finding.ts';
import type { ReadServices } from './services.ts';

type Settings = Pick<AccountFacts, 'waitPeriod' | 'eventWindows'>;

/** How AWS retires tasks here. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/prepare-task-retirement.html */
export function checkSettings({ waitPeriod, eventWindows }: Settings): readonly Finding[] {
  const check = 'retirement-settings';
  if (waitPeriod.status === 'missing') return [unread(check, waitPeriod)];
  const enabled = known(eventWindows);
  const events = enabled === undefined ? 'unknown' : enabled ? 'enabled' : 'disabled';
  const seen = `fargateTaskRetirementWaitPeriod is ${plural(waitPeriod.value, 'day')}, fargateEventWindows is ${events}`;
  if (waitPeriod.value > 0 || enabled === true) return [ok(check, seen)];
  return [
    warn(
      check,
      `${seen}: AWS retires tasks as soon as it announces it`,
      'run "aws ecs put-account-setting-default --name fargateTaskRetirementWaitPeriod --value 14"',
    ),
  ];
}

/** AWS's own value where nobody has set the account setting, and where it could not be read. */
const WAIT_DAYS = 7;
/** As `slackwater windows check` takes it. */
const EXPECTED = minutes(10);

interface WindowsGiven {
  readonly configuration: Gathered<ReadConfiguration>;
  readonly services: ReadServices;
  readonly settings: Settings;
}

/** Whether the windows leave time for every retirement of the next 400 days, and whom they forget. */
export function checkWindows({ configuration, services, settings }: WindowsGiven, now: Instant): readonly Finding[] {
  if (configuration.status === 'missing') return [unread('windows', configuration)];
  const { maintenance } = configuration.value.policy;
  const { windows, freezes } = maintenance;
  if (windows.length === 0)
    return [
      warn(
        'windows',
        'there is no maintenance window, so nothing is replaced before AWS retires it',
        'put windows into the configuration document',
      ),
    ];
  const wait = known(settings.waitPeriod) ?? WAIT_DAYS;
  const terms = { wait: days(wait), expected: EXPECTED, hasEventWindows: known(settings.eventWindows) ?? false };
  const warnings = audiencesOf(windows, freezes).flatMap((audience) =>
    coverageOf(audience, terms, now).map((warning) => `for ${selectText(audience.select)}: ${warningText(warning)}`),
  );
  const findings = [
    ...warnings.map((text) => warn('windows', text, 'see it with "slackwater windows check"')),
    ...unknownOf(maintenance).map((text) => warn('windows', text, 'see it with "slackwater windows check --with-aws"')),
    ...forgotten(maintenance, services),
  ];
  if (findings.length > 0) return findings;
  return [ok('windows', `${plural(windows.length, 'window')}, with time for every retirement of the next 400 days`)];
}

function forgotten({ windows }: Maintenance, { services }: ReadServices): readonly Finding[] {
  const without = services.filter(
    ({ at, facts }) => windowsFor(windows, { ...at, tags: facts.tags }).windows.length === 0,
  );
  if (without.length === 0) return [];
  return [
    warn(
      'windows',
      `${without.length} of ${plural(services.length, 'service')} have no window, so AWS retires their tasks when it likes: ${listing(without.map(nameOf))}`,
      'let a window select them',
    ),
  ];
}
