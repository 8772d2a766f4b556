import { describe, expect, it } from 'vitest';
import { auditEntry } from '../../../../shared/domain/chat/audit.ts';
import { found, missing } from '../../../../shared/domain/facts.ts';
import { incidentFingerprint } from '../../../../shared/domain/fingerprint.ts';
import type { Incident, RecordId } from '../../../../shared/domain/incident.ts';
import { days } from '../../../../shared/domain/instant.ts';
import { newPlanRecord } from '../../../../shared/domain/plan/plan-record.ts';
import { defaultPolicy } from '../../../../shared/domain/policy.ts';
import { NO_MAINTENANCE } from '../../../../shared/domain/windows/maintenance.ts';
import { aFreeze, aWindow, between } from '../../../support/maintenance.ts';
import { aNotice, aPlan, DELIVERED } from '../../../support/plans.ts';
import { aDiagnosis, anIncident, CLUSTER, SEEN_AT, someDetails } from '../../../support/records.ts';
import { slackLimitProblems } from '../../../support/slack-limits.ts';
import { aDesk, messageIn, NOW, SERVICE, wordsIn } from './desk.ts';

const of = (service: string, changes: Partial<Incident> = {}): Incident => {
  const subject = { kind: 'service', at: CLUSTER, service } as const;
  const { cause } = changes.diagnosis ?? aDiagnosis();
  return anIncident({
    // The cast is true enough for a test: the domain makes it of the subject and the time.
    id: `inc-${service}` as RecordId,
    subject,
    fingerprint: incidentFingerprint(subject, cause),
    wakeAt: NOW + days(1),
    ...changes,
  });
};
const OVER: Partial<Incident> = { state: { status: 'resolved', at: SEEN_AT, how: 'quiet' } };

describe('status', () => {
  it('lists what is open, the worst first, and leaves out what is over', async () => {
    const records = [of('ledger', { severity: 'low' }), of('checkout'), of('quay', OVER)];
    const { ask } = await aDesk({ records });
    const text = wordsIn(await ask('status'));
    expect(text).toContain('2 problems are open');
    expect(text.indexOf('inc-checkout')).toBeLessThan(text.indexOf('inc-ledger'));
    expect(text).not.toContain('inc-quay');
  });

  it('says that nothing is open', async () => {
    const { ask } = await aDesk();
    expect(wordsIn(await ask('status'))).toContain('Nothing is open.');
  });

  it('of a service says what ECS runs, and what is over too', async () => {
    const { ask } = await aDesk({ records: [of('checkout', OVER)] });
    const text = wordsIn(await ask('status harbor-prod/checkout'));
    expect(text).toContain('has no open problem');
    expect(text).toContain('ECS runs 1 of 2 tasks.');
    expect(text).toContain('inc-checkout, resolved');
  });

  it('of a service says why nobody is told', async () => {
    const { routing } = defaultPolicy({ destinations: [], lowestSeverity: 'low' });
    const mutes = [{ when: { clusters: ['harbor-*'] }, until: NOW + days(1), reason: 'load test' }];
    const { ask } = await aDesk({ policy: { routing: { ...routing, mutes } } });
    const why = 'Nobody is told until 2026-11-22 09:05 UTC: load test';
    expect(wordsIn(await ask('status harbor-prod/checkout'))).toContain(why);
    expect(wordsIn(await ask('status lab/checkout'))).not.toContain(why);
  });

  it('finds a service by its name alone, where one is open', async () => {
    const { ask } = await aDesk({ records: [of('checkout')] });
    expect(wordsIn(await ask('status checkout'))).toContain('harbor-prod/checkout');
    expect(wordsIn(await ask('status ledger'))).toContain('give its cluster too, as CLUSTER/ledger');
  });

  it('of a service in two clusters asks which', async () => {
    const lab = { kind: 'service', at: { ...CLUSTER, cluster: 'lab' }, service: 'checkout' } as const;
    const other = of('checkout', { subject: lab, fingerprint: incidentFingerprint(lab, 'memory/container-oom') });
    const { ask } = await aDesk({ records: [of('checkout'), other] });
    expect(wordsIn(await ask('status checkout'))).toContain('give one of harbor-prod/checkout, lab/checkout');
  });

  it('counts what does not fit, within the limits of Slack', async () => {
    const records = Array.from({ length: 40 }, (_, index) => of(`${'very-'.repeat(40)}long-${index}`));
    const { ask } = await aDesk({ records });
    const answer = await ask('status');
    expect(wordsIn(answer)).toContain('and 25 more');
    expect(slackLimitProblems(messageIn(answer))).toEqual([]);
  });
});

describe('why', () => {
  const TASK = '0c5b2f9e8d7a4b6f9e1d2c3b4a5f6e7d';
  const ARN = `arn:aws:ecs:eu-west-1:111122223333:task/harbor-prod/${TASK}`;
  const withLog = of('checkout', {
    details: someDetails({
      log: { group: '/ecs/checkout', stream: 's', region: 'eu-west-1', lines: ['heap out of memory'] },
    }),
  });
  const stopped = {
    taskArn: ARN,
    clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod',
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42',
    version: 5,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    group: 'service:checkout',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppedAt: '2026-11-21T08:05:00.000Z',
    containers: [{ name: 'app', lastStatus: 'STOPPED', exitCode: 1 }],
    attachments: [],
  };

  it.each([
    ['a service', 'harbor-prod/checkout'],
    ['the name of one that is open', 'checkout'],
    ['an incident', 'inc-checkout'],
    ['the id of a task', TASK],
    ['a task with its cluster', `harbor-prod/${TASK}`],
    ['the ARN of a task', ARN],
  ])('about %s tells what is recorded, with the log', async (_, name) => {
    const { ask } = await aDesk({ records: [withLog] });
    const text = wordsIn(await ask(`why ${name}`));
    expect(text).toContain('Out of memory');
    expect(text).toContain('heap out of memory');
  });

  it('tells it weeks later, of a service whose problems are over', async () => {
    const { ask } = await aDesk({ records: [{ ...withLog, ...OVER, lastSeen: NOW - days(20) }] });
    const text = wordsIn(await ask('why harbor-prod/checkout'));
    expect(text).toContain('This was the last of it');
    expect(text).toContain('heap out of memory');
  });

  it('finds what is over by a task that ECS still knows', async () => {
    const tasks = { describeTask: async () => found(stopped), stoppedTasks: async () => found([]) };
    const { ask } = await aDesk({ records: [{ ...withLog, ...OVER }], deps: { tasks } });
    expect(wordsIn(await ask(`why ${ARN}`))).toContain('heap out of memory');
  });

  it('diagnoses a task that is not recorded, with what is missing, and without buttons', async () => {
    const tasks = { describeTask: async () => found(stopped), stoppedTasks: async () => found([]) };
    const { ask } = await aDesk({ deps: { tasks } });
    const answer = await ask(`why ${ARN}`);
    expect(wordsIn(answer)).toContain('Nothing is recorded about this');
    expect(wordsIn(answer)).toContain('checkout');
    expect(wordsIn(answer)).toContain('ecs:DescribeTaskDefinition is not allowed');
    expect(JSON.stringify(answer)).not.toContain('"value"');
  });

  it('reads the log of a task that is not recorded', async () => {
    const container = {
      name: 'app',
      image: 'checkout:1',
      isEssential: true,
      logOptions: {},
      containerPorts: [],
      environmentNames: [],
      secrets: [],
    };
    const definition = { family: 'checkout', revision: 42, containers: [container] };
    const { ask } = await aDesk({
      deps: {
        tasks: { describeTask: async () => found(stopped), stoppedTasks: async () => found([]) },
        ecs: { describeService: async () => found(SERVICE), describeTaskDefinition: async () => found(definition) },
        logs: {
          tail: async () => found({ group: 'g', stream: 's', region: 'eu-west-1', container: 'app', lines: ['boom'] }),
        },
      },
    });
    expect(wordsIn(await ask(`why ${ARN}`))).toContain('boom');
  });

  it('of a service that is not recorded looks at its stopped tasks, and passes over expected stops', async () => {
    const expected = {
      ...stopped,
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Scaling activity initiated by deployment',
      containers: [{ name: 'app', lastStatus: 'STOPPED', exitCode: 0 }],
    };
    const tasks = {
      describeTask: async () => missing('not-found', ''),
      stoppedTasks: async () => found([expected, stopped]),
    };
    const { ask } = await aDesk({ deps: { tasks } });
    expect(wordsIn(await ask('why harbor-prod/checkout'))).toContain('Nothing is recorded about this');
    const quiet = await aDesk({ deps: { tasks: { ...tasks, stoppedTasks: async () => found([expected]) } } });
    expect(wordsIn(await quiet.ask('why harbor-prod/checkout'))).toContain('only stops that were expected');
  });

  it('tells of tasks without a service by the name of their family', async () => {
    const subject = { kind: 'family', at: CLUSTER, family: 'nightly' } as const;
    const job = of('nightly', {
      ...withLog,
      ...OVER,
      subject,
      fingerprint: incidentFingerprint(subject, 'memory/container-oom'),
    });
    const tasks = {
      describeTask: async () => found({ ...stopped, group: 'family:nightly' }),
      stoppedTasks: async () => found([]),
    };
    const { ask } = await aDesk({ records: [job], deps: { tasks } });
    expect(wordsIn(await ask('why harbor-prod/nightly'))).toContain('heap out of memory');
    expect(wordsIn(await ask(`why ${ARN}`))).toContain('heap out of memory');
  });

  it('says of a running task that it has not stopped', async () => {
    const running = { ...stopped, lastStatus: 'RUNNING', desiredStatus: 'RUNNING' };
    const tasks = { describeTask: async () => found(running), stoppedTasks: async () => found([]) };
    const { ask } = await aDesk({ deps: { tasks } });
    expect(wordsIn(await ask(`why ${ARN}`))).toContain('is RUNNING and has not stopped');
  });

  it.each([
    ['why inc-0123456789', 'is not open. What is over is found by its service'],
    [`why ${TASK}`, 'No open incident names this task'],
    [`why ${ARN}`, 'ECS does not know the task'],
    ['why harbor prod', 'Ask about one task, service or incident'],
    ['why a/b/c', 'is not the name of a service'],
  ])('%s is told what to ask instead', async (text, because) => {
    const { ask } = await aDesk();
    expect(wordsIn(await ask(text))).toContain(because);
  });
});

describe('ack', () => {
  it('takes an incident as its button does', async () => {
    const { ask, deps } = await aDesk({ records: [of('checkout')] });
    expect((await ask('ack inc-checkout')).decision).toBe('done');
    const [taken] = await deps.store.loadAbout(of('checkout').subject);
    expect(taken?.state).toMatchObject({ acknowledged: { by: 'U0ADA' } });
    expect(await deps.audit.listAbout('harbor-prod/checkout')).toMatchObject([
      { action: 'acknowledge', verdict: 'done' },
    ]);
  });

  it('of a service with several asks which', async () => {
    const other = of('checkout', {
      id: 'inc-other' as RecordId,
      diagnosis: aDiagnosis({ cause: 'app/exited-nonzero' }),
    });
    const { ask } = await aDesk({ records: [of('checkout'), other] });
    expect(wordsIn(await ask('ack harbor-prod/checkout'))).toContain('give one of');
  });

  it('of what is not open says so', async () => {
    const { ask } = await aDesk({ records: [of('checkout', OVER)] });
    expect(wordsIn(await ask('ack inc-checkout'))).toContain('Nothing open is called inc-checkout');
  });
});

describe('plan', () => {
  const notice = aNotice();
  const fresh = newPlanRecord(notice.fingerprint, DELIVERED);
  const record = { ...fresh, plan: aPlan(), log: [{ at: DELIVERED, by: 'slackwater', text: 'made the plan' }] };

  it('lists the plans, those that nobody has looked at yet too', async () => {
    const { ask } = await aDesk({ plans: [record] });
    expect(wordsIn(await ask('plan'))).toContain(`${record.id} retirement in 111122223333, eu-west-1`);
    const unread = await aDesk({ plans: [fresh] });
    expect(wordsIn(await unread.ask('plan'))).toContain('nobody has looked at its services yet');
    const none = await aDesk();
    expect(wordsIn(await none.ask('plan'))).toContain('There is no plan');
  });

  it('shows the message of one, by the beginning of its id, and its log', async () => {
    const { ask } = await aDesk({ plans: [record], records: [notice] });
    const text = wordsIn(await ask(`plan ${record.id.slice(0, 8)}`));
    expect(text).toContain('Fargate retirement');
    expect(text).toContain('slackwater: made the plan');
  });

  it('whose notice is gone shows its log', async () => {
    const { ask } = await aDesk({ plans: [record] });
    expect(wordsIn(await ask(`plan ${record.id}`))).toContain('its notice is not kept any more');
  });

  it.each([
    ['plan checkout', 'is not the id of a plan'],
    ['plan pln-0', 'No plan is called pln-0'],
  ])('%s is told so', async (text, because) => {
    const { ask } = await aDesk({ plans: [fresh] });
    expect(wordsIn(await ask(text))).toContain(because);
  });
});

describe('windows', () => {
  const maintenance = {
    windows: [aWindow(), aWindow({ name: 'sundays', select: { services: ['ledger'] } })],
    freezes: [aFreeze({ period: between('2026-11-24T00:00', '2026-11-26T00:00') })],
  };

  it('lists openings and freezes of two weeks', async () => {
    const { ask } = await aDesk({ policy: { maintenance } });
    const text = wordsIn(await ask('windows'));
    expect(text).toContain('2 maintenance windows and 1 freeze within 14 days');
    expect(text).toContain('2026-11-21 22:00 UTC to 2026-11-22 06:00 UTC');
    expect(text).toContain('peak 2026-11-24 00:00 UTC to 2026-11-26 00:00 UTC: shops are full');
  });

  it('without any says that nothing is replaced', async () => {
    const { ask } = await aDesk({ policy: { maintenance: NO_MAINTENANCE } });
    expect(wordsIn(await ask('windows'))).toContain('no maintenance window, so nothing is replaced');
  });

  it.each([
    ['closed now, and says when it opens', '', 'may not be replaced'],
    ['open at a time', '2026-11-21T23:00Z', 'may be replaced: the window closes'],
    ['frozen at a time', '2026-11-24T23:00Z', 'by peak'],
  ])('explains a service: %s', async (_, time, words) => {
    const { ask } = await aDesk({ policy: { maintenance } });
    const text = wordsIn(await ask(`windows explain harbor-prod/checkout ${time}`));
    expect(text).toContain(words);
    expect(text).toContain('nights, chosen by default');
  });

  it('explains by the tags of the service, and says when they are not known', async () => {
    const tagged = { ...SERVICE, tags: { 'slackwater:window': 'sundays' } };
    const ecs = {
      describeService: async () => found(tagged),
      describeTaskDefinition: async () => missing('denied', ''),
    };
    const { ask } = await aDesk({ policy: { maintenance }, deps: { ecs } });
    expect(wordsIn(await ask('windows explain harbor-prod/checkout'))).toContain('sundays, chosen by named');
    const unread = { ...ecs, describeService: async () => missing('denied', 'ecs:DescribeServices is not allowed') };
    const blind = await aDesk({ policy: { maintenance }, deps: { ecs: unread } });
    expect(wordsIn(await blind.ask('windows explain harbor-prod/checkout'))).toContain('As if it had no tags');
  });
});

describe('audit', () => {
  it('lists who decided what, about everything or about one service', async () => {
    const { ask, deps } = await aDesk();
    const entry = {
      at: SEEN_AT,
      by: 'U0ADA',
      via: 'slack',
      action: 'mute',
      verdict: 'done',
      because: 'Muted <!here>.',
    } as const;
    await deps.audit.append(auditEntry({ ...entry, target: 'harbor-prod/checkout' }));
    await deps.audit.append(auditEntry({ ...entry, target: 'harbor-prod/ledger' }));
    expect(wordsIn(await ask('audit'))).toContain('The last 2 decisions');
    const one = await ask('audit harbor-prod/checkout');
    expect(wordsIn(one)).toContain('mute harbor-prod/checkout: done. Muted <!here>.');
    expect(JSON.stringify(one)).toContain('"user_id":"U0ADA"');
    expect(wordsIn(await ask('audit harbor-prod/quay'))).toContain('Nobody has decided anything');
    expect(slackLimitProblems(messageIn(one))).toEqual([]);
  });
});
