import { describe, expect, it } from 'vitest';
import { mark } from '../../shared/domain/announcement.ts';
import { contentOf } from '../../shared/domain/content.ts';
import { catchUp, decideIncident, decideNotice } from '../../shared/domain/decide.ts';
import type { Decision } from '../../shared/domain/decision.ts';
import type { Incident, Notice } from '../../shared/domain/incident.ts';
import { hours, seconds } from '../../shared/domain/instant.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import type { HealthNotified } from '../../shared/domain/signal.ts';
import { anObservation, aStep, CHECKOUT, circumstances, HARBOR, NOON } from '../support/observations.ts';

const CHANNEL = { kind: 'slack-channel', channel: 'C0OPS' } as const;

/** The incident after the decision was saved and its message delivered. */
function delivered(decision: Decision, at = NOON): Incident {
  const next = decision.next as Incident;
  const announcements = mark(
    next.announcements,
    {
      destination: CHANNEL,
      step: 'post',
      content: contentOf(next),
      delivery: { status: 'delivered', receipt: { channel: 'C0OPS', ts: '1.1' } },
    },
    at,
  );
  return { ...next, version: next.version + 1, announcements };
}

const opened = (): Incident => delivered(decideIncident([anObservation()], undefined, circumstances()));

const reasons = (decision: Decision): readonly string[] =>
  decision.verdicts.map(({ outcome, reason }) => `${outcome}: ${reason}`);

describe('an incident', () => {
  it('is told at its first sighting, saved with the post already claimed', () => {
    const decision = decideIncident([anObservation()], undefined, circumstances());
    expect(reasons(decision)).toEqual(['told: first']);
    expect(decision.effects).toEqual([{ kind: 'post', destination: CHANNEL }]);
    expect(decision.next).toMatchObject({
      version: 0,
      revision: 1,
      occurrences: 1,
      announcements: [{ status: 'claimed', claimedUntil: NOON + seconds(30) }],
    });
  });

  it('is told once for a batch that sights it three times, with all three counted', () => {
    const batch = ['a', 'b', 'c'].map((key, index) => anObservation({ key, at: NOON + seconds(index) }));
    const decision = decideIncident(batch, undefined, circumstances());
    expect(reasons(decision)).toEqual(['told: first', 'quiet: already-told', 'quiet: already-told']);
    expect(decision.effects).toHaveLength(1);
    expect(decision.next).toMatchObject({ occurrences: 3 });
  });

  it('is not told again for the same task, and nothing is saved', () => {
    expect(decideIncident([anObservation()], opened(), circumstances())).toEqual({
      verdicts: [expect.objectContaining({ outcome: 'quiet', reason: 'duplicate' })],
      effects: [],
    });
  });

  it('is counted in silence while its message was edited moments ago', () => {
    const now = NOON + seconds(3);
    const decision = decideIncident([anObservation({ key: 'task-2', at: now })], opened(), circumstances({ now }));
    expect(reasons(decision)).toEqual(['quiet: already-told']);
    expect(decision.effects).toEqual([]);
    expect(decision.next).toMatchObject({ occurrences: 2, revision: 2 });
  });

  it('has its message edited when it grew and the last edit is ten seconds old', () => {
    const now = NOON + seconds(11);
    const decision = decideIncident([anObservation({ key: 'task-2', at: now })], opened(), circumstances({ now }));
    expect(reasons(decision)).toEqual(['told: grew']);
    expect(decision.effects).toEqual([{ kind: 'edit', destination: CHANNEL }]);
  });

  it('is told by the next one who looks when the function that claimed it was killed', () => {
    const claimed = { ...(decideIncident([anObservation()], undefined, circumstances()).next as Incident), version: 1 };
    const soon = decideIncident([anObservation()], claimed, circumstances({ now: NOON + seconds(5) }));
    expect(soon.effects).toEqual([]);
    const later = decideIncident([anObservation()], claimed, circumstances({ now: NOON + seconds(31) }));
    expect(reasons(later)).toEqual(['told: undelivered']);
    expect(later.effects).toEqual([{ kind: 'post', destination: CHANNEL }]);
    expect(catchUp(claimed, circumstances({ now: NOON + seconds(31) })).effects).toEqual(later.effects);
  });

  it('is a new incident with a new message after hours without a sighting', () => {
    const now = NOON + hours(6) + 1;
    const before = opened();
    const decision = decideIncident([anObservation({ key: 'task-2', at: now })], before, circumstances({ now }));
    expect(reasons(decision)).toEqual(['told: first']);
    expect(decision.next).toMatchObject({ occurrences: 1, version: before.version });
    expect(decision.next?.id).not.toBe(before.id);
  });

  it('goes to the channel that the service names in its tag', () => {
    const decision = decideIncident(
      [anObservation({ tags: { 'slackwater:channel': 'C0TEAM' } })],
      undefined,
      circumstances(),
    );
    expect(decision.effects).toEqual([{ kind: 'post', destination: { kind: 'slack-channel', channel: 'C0TEAM' } }]);
  });

  it.each([
    [
      'muted',
      'the owners switched alerts off',
      anObservation({ tags: { 'slackwater:alerts': 'Off' } }),
      circumstances(),
    ],
    [
      'below-severity',
      'it is less severe than what is told here',
      anObservation({ diagnosis: { severity: 'low' } }),
      circumstances({ policy: defaultPolicy({ destinations: [CHANNEL], lowestSeverity: 'high' }) }),
    ],
    [
      'no-destination',
      'nobody is configured to be told',
      anObservation(),
      circumstances({ policy: defaultPolicy({ destinations: [], lowestSeverity: 'low' }) }),
    ],
  ])('is recorded but quiet (%s) when %s', (reason, _, observation, given) => {
    const decision = decideIncident([observation], undefined, given);
    expect(reasons(decision)).toEqual([`quiet: ${reason}`]);
    expect(decision.next).toMatchObject({ silence: reason, announcements: [] });
    expect(decision.effects).toEqual([]);
  });
});

describe('a deployment', () => {
  const failed = aStep({
    key: 'd1#failed',
    diagnosis: { cause: 'image/not-found' },
    details: { deploymentId: 'ecs-svc/1' },
  });
  const rollback = aStep({
    key: 'd0#in-progress',
    at: NOON + seconds(1),
    diagnosis: { cause: 'deployment/rolled-back' },
    details: { rollback: { deploymentId: 'ecs-svc/0' } },
  });

  it.each([
    ['failure first', [failed, rollback]],
    ['rollback first', [rollback, failed]],
  ])('is one incident with its failure and its rollback, %s, and shows the cause of its tasks', (_, steps) => {
    const decision = decideIncident(steps, undefined, circumstances());
    expect(decision.effects).toHaveLength(1);
    expect(decision.next).toMatchObject({
      occurrences: 1,
      diagnosis: { cause: 'image/not-found' },
      details: { deploymentId: 'ecs-svc/1', rollback: { deploymentId: 'ecs-svc/0' } },
    });
  });

  it('is decided on and told by itself when the next one that fails is in the same batch', () => {
    const next = aStep({ key: 'd2#failed', at: NOON + seconds(2), details: { deploymentId: 'ecs-svc/2' } });
    const decision = decideIncident([failed, rollback, next], undefined, circumstances());
    expect(reasons(decision)).toEqual(['told: first', 'quiet: already-told']);
    expect(decision.effects).toHaveLength(1);
    expect(decision.next).toMatchObject({ details: { deploymentId: 'ecs-svc/1' } });
  });

  it('does not mix with the next deployment that fails', () => {
    const first = delivered(decideIncident([failed], undefined, circumstances()));
    const second = decideIncident(
      [aStep({ key: 'd2#failed', at: NOON + seconds(60), details: { deploymentId: 'ecs-svc/2' } })],
      first,
      circumstances({ now: NOON + seconds(60) }),
    );
    expect(reasons(second)).toEqual(['told: first']);
  });
});

function noticeOf(decision: Decision | undefined): Notice {
  if (decision?.next?.kind !== 'notice') throw new Error('the decision has no notice to save');
  return decision.next;
}

describe('a notice', () => {
  const page = (number: number, changes: Partial<HealthNotified> = {}): HealthNotified => ({
    kind: 'health-notified',
    envelope: { eventId: `e${number}`, at: NOON, source: 'aws.health', detailType: 'AWS Health Event', place: HARBOR },
    eventArn: 'arn:aws:health:eu-west-1::event/ECS/AWS_ECS_TASK_PATCHING_RETIREMENT/abc',
    typeCode: 'AWS_ECS_TASK_PATCHING_RETIREMENT',
    category: 'scheduledChange',
    communicationId: `c-${number}`,
    page: number,
    totalPages: 2,
    isBackupCopy: false,
    isTruncated: false,
    affected: HARBOR,
    description: 'Tasks are replaced.',
    entities: [{ kind: 'service', at: { ...HARBOR, service: `svc-${number}` }, status: 'IMPAIRED' }],
    ...changes,
  });
  const told = (decision: Decision): Notice => ({
    ...(decision.next as Notice),
    version: 1,
    announcements: delivered(decision).announcements,
  });

  it('is one record and one message for both its pages, whichever comes first', () => {
    const [forward, backward] = [
      [1, 2],
      [2, 1],
    ].map((pages) => {
      const [a, b] = pages.map((number) => page(number));
      if (a === undefined || b === undefined) throw new Error('two pages were given');
      const first = decideNotice(a, undefined, circumstances());
      return decideNotice(b, told(first), circumstances({ now: NOON + seconds(11) }));
    });
    expect(forward?.effects).toEqual([{ kind: 'edit', destination: CHANNEL }]);
    const services = (decision: Decision | undefined): readonly string[] =>
      noticeOf(decision)
        .entities.map((entity) => (entity.kind === 'service' ? entity.at.service : ''))
        .sort();
    expect(services(forward)).toEqual(['svc-1', 'svc-2']);
    expect(services(backward)).toEqual(services(forward));
  });

  it('is quiet for a page that comes twice', () => {
    const first = decideNotice(page(1), undefined, circumstances());
    expect(reasons(decideNotice(page(1), told(first), circumstances()))).toEqual(['quiet: duplicate']);
  });

  it('takes the status of each entity from the newer communication', () => {
    const first = decideNotice(page(1), undefined, circumstances());
    const resolved = page(1, {
      communicationId: 'c-9',
      envelope: { ...page(1).envelope, at: NOON + seconds(60) },
      entities: [{ kind: 'service', at: { ...HARBOR, service: 'svc-1' }, status: 'RESOLVED' }],
    });
    expect(decideNotice(resolved, told(first), circumstances()).next).toMatchObject({
      entities: [{ status: 'RESOLVED' }],
    });
  });
});

it('names the subject as people write it', () => {
  expect(decideIncident([anObservation({ subject: CHECKOUT })], undefined, circumstances()).next?.fingerprint).toBe(
    '111122223333#eu-west-1#harbor-prod#service#checkout|incident#memory/container-oom',
  );
});
