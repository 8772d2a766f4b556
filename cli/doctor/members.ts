import { accountLabel } from '../../shared/domain/accounts.ts';
import { found, type Gathered, known, missing } from '../../shared/domain/facts.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { awsFailure } from '../../shared/effects/aws-failure.ts';
import { createSweepStore } from '../../shared/effects/stores/sweep-memory.ts';
import { plural } from '../../shared/render/listing.ts';
import type { Stack } from '../stack-read.ts';
import { type Finding, fail, notChecked, ok, unread, warn } from './finding.ts';
import type { Scene } from './scene.ts';

/** Places that told the sweeps nothing, by their keys, and since when; nothing is asked where no account is named. */
export type Shut = Gathered<Readonly<Record<string, Instant>>>;

export async function readShut(
  { clients }: Pick<Scene, 'clients'>,
  { accounts }: Policy,
  tableName: string | undefined,
): Promise<Shut> {
  if (accounts.length === 0) return found({});
  if (tableName === undefined) return missing('not-applicable', 'the name of the table is not known');
  try {
    const progress = await createSweepStore({ client: clients.table, tableName }).load();
    return progress === undefined
      ? missing('not-found', 'the watchdogs have not looked at any service yet')
      : found(progress.shut ?? {});
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return missing(awsFailure(error.cause).reason, `table ${tableName}: ${error.message}`);
  }
}

/**
 * Whether the functions get to the places that the configuration names. Nobody but them is let in there, so this is what
 * their sweeps came to; that events arrive can only be seen when something happens.
 */
export function checkMembers({ accounts }: Policy, stack: Gathered<Stack>, shut: Shut): readonly Finding[] {
  const organisation = known(stack)?.parameters['OrganizationId'];
  if (accounts.length === 0 && stack.status === 'missing')
    return [notChecked('members', 'without the stack, it is not known whether it is for other accounts too')];
  if (accounts.length === 0)
    return [
      ok(
        'members',
        organisation
          ? `events of ${organisation} are taken; the configuration names no account, so none is swept`
          : 'none: this installation is for its own account and Region',
      ),
    ];
  if (stack.status === 'found' && !organisation)
    return [
      fail(
        'members',
        `the configuration names ${plural(accounts.length, 'account')}, and the stack has no OrganizationId`,
        'set it, and deploy infra/member.yaml in these accounts',
      ),
    ];
  if (shut.status === 'missing') return [unread('members', shut)];
  const places = accounts.reduce((count, { regions }) => count + regions.length, 0);
  const refused = Object.entries(shut.value).map(([key, since]) => refusal(key, since, accounts));
  return [
    ...refused,
    ...(refused.length === 0
      ? [ok('members', `${plural(places, 'place')} named, and none refused the last sweep`)]
      : []),
    notChecked(
      'members',
      'that events arrive from there shows only when something happens',
      'stop a task there by hand, and look for it in the log of the function ecs-events',
    ),
  ];
}

/** `key` is `PARTITION/ACCOUNT/REGION`. */
function refusal(key: string, since: Instant, accounts: Policy['accounts']): Finding {
  const [, id = '', region = ''] = key.split('/');
  const name = accounts.find((account) => account.id === id)?.name;
  return warn(
    'members',
    `account ${accountLabel(id, name)} in ${region} has told the watchdogs nothing since ${utcMinute(since)}`,
    'deploy infra/member.yaml there; the log of the function reconcile has the reason',
  );
}
