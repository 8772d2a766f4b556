import { TABLE, type Verbs, WHEN, WRONG_USAGE } from './verb.ts';

/** Commands about what is replaced, and when. */
export const PLANS: Verbs = {
  approve: {
    usage: 'approve PLAN [SERVICE...] --table NAME [--hash HASH] [--by NAME] [--region REGION]',
    does: 'Agrees to a plan, or to some of its services: the short form of "plan approve".',
    options: {
      ...TABLE,
      '--hash HASH': 'of the plan as it was shown; without it what would be agreed to is printed',
      '--by NAME': 'who decides it; otherwise the variable USER says',
    },
    exits: {
      0: 'it is stored',
      1: 'no such plan, or it was refused',
      2: 'wrong usage, --hash is missing, or a table that cannot be reached',
    },
    load: async () => (await import('../plan/decide.ts')).deciding('approve'),
  },
  freeze: {
    usage:
      'freeze SCOPE --for 4h | --until T [--from T] --reason TEXT --table NAME [--by NAME] | freeze --table NAME [--json]  [--region REGION]',
    does: 'Keeps tasks from being replaced for a while, whatever windows say; without SCOPE lists what is set.',
    options: {
      ...TABLE,
      ...WHEN,
      '--from T': 'an instant at which it begins; otherwise now',
      '--reason TEXT': 'why, for those who find it',
      '--by NAME': 'who sets it; otherwise the variable USER says',
      '--json': 'one object a freeze and line',
    },
    exits: {
      0: 'it is set, or they are listed',
      1: 'it was refused',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('../standing.ts')).freeze,
  },
  plan: {
    usage:
      'plan list | show PLAN | approve PLAN [SERVICE...] | object PLAN | run-now PLAN SERVICE... | pin PLAN SERVICE... | hand-over PLAN SERVICE... | lift-freeze PLAN FREEZE  --table NAME  | simulate --notice FILE... --services FILE',
    does: 'Shows the plans that replace tasks, decides about them, and plays one that needs no AWS account.',
    options: {
      ...TABLE,
      '--by NAME': 'who decides it; otherwise the variable USER says',
      '--hash HASH': 'approve, run-now: of the plan as it was shown; without it what would be agreed to is printed',
      '--for 4h': 'run-now: how long it may begin, from 15m to 24h',
      '--notice FILE': 'simulate: the AWS Health event; given again for its other pages; "-" is standard input',
      '--services FILE': 'simulate: the services that it names, as docs/retirements.md describes them',
      '--config FILE': 'simulate: the configuration document with the windows; otherwise there are none',
      '--approve-at T': 'simulate: an instant such as 2026-11-17T09:00:00Z at which somebody approves the plan',
      '--json': 'list, show, simulate: one object a line',
    },
    exits: {
      0: 'the plan was shown or the decision stored; list: every plan is over; simulate: everything is replaced in time',
      1: 'no such plan, or the decision was refused; list: a plan is not over; simulate: something is left to AWS or fails',
      2: 'wrong usage, --hash is missing, a file that cannot be read, or a table that cannot be reached',
    },
    load: async () => (await import('../plan.ts')).plan,
  },
  redeploy: {
    usage:
      'redeploy CLUSTER/SERVICE... --table NAME [--by-date T] [--now --yes] [--why WHY] [--reason TEXT] [--by NAME] [--region REGION]',
    does: 'Asks for the tasks of services to be replaced in their windows, by a plan as for a retirement.',
    options: {
      ...TABLE,
      '--by-date T': 'until when, such as 2026-11-30T18:00:00Z; otherwise in 7 days, with --now in 24 hours',
      '--now': 'from now on, windows and freezes notwithstanding',
      '--yes': 'with --now: do it, instead of saying what would be done',
      '--why WHY': 'asked, secret-rotation or platform-version; otherwise asked',
      '--reason TEXT': 'in your own words, for the message',
      '--by NAME': 'who asks for it; otherwise the variable USER says',
    },
    exits: {
      0: 'it is asked for',
      1: 'is not used',
      2: 'wrong usage, --yes is missing, no such service, or AWS cannot be reached',
    },
    load: async () => (await import('../redeploy.ts')).redeploy,
  },
  reject: {
    usage: 'reject PLAN --table NAME [--by NAME] [--region REGION]',
    does: 'Objects to a plan: the short form of "plan object".',
    options: { ...TABLE, '--by NAME': 'who decides it; otherwise the variable USER says' },
    exits: {
      0: 'it is stored',
      1: 'no such plan, or it was refused',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('../plan/decide.ts')).deciding('object'),
  },
  unfreeze: {
    usage: 'unfreeze SCOPE|ID --table NAME [--by NAME] [--region REGION]',
    does: 'Ends a freeze that people have set; not one of the configuration document.',
    options: { ...TABLE, '--by NAME': 'who ends it; otherwise the variable USER says' },
    exits: {
      0: 'it is over',
      1: 'there is none of that name',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('../standing.ts')).unfreeze,
  },
  windows: {
    usage:
      'windows [explain | check | export] [--config FILE] [--service CLUSTER/SERVICE] [--from T] [--days N] [--at T] [--json]',
    does: 'Shows when maintenance windows open, from the configuration document; needs no AWS account without --with-aws.',
    options: {
      '--config FILE': 'the configuration document; otherwise standard input',
      '--service CLUSTER/SERVICE': 'only what holds for this one',
      '--select KEY=VALUE': 'more of it: account, region, cluster, service or tag:NAME; may be given again',
      '--from T': 'an instant such as 2026-11-25T01:00:00Z, otherwise now',
      '--days N': 'how far to look from there, otherwise 60',
      '--at T': 'explain: the instant, otherwise now',
      '--json': 'one list of objects; for export: of inputs of the Amazon EC2 API',
      '--wait-days N': 'check: how long AWS waits before it retires, otherwise 7',
      '--expected DURATION': 'check: how long a replacement takes, otherwise 10m',
      '--event-windows': 'check: fargateEventWindows is enabled',
      '--window NAME': 'export: only this one',
      '--target ARN': 'export: a cluster or a service, or the word fargate; may be given again',
      '--with-aws': 'also ask AWS Systems Manager about the maintenance windows that the document names',
      '--region REGION': 'where these are; otherwise AWS_REGION says',
    },
    exits: {
      0: 'something opens, is open at the time, has no warnings, or was exported',
      1: 'nothing opens or is open, there are warnings, a window cannot be exported, or the document has problems',
      2: WRONG_USAGE,
    },
    load: async () => (await import('../windows.ts')).windows,
  },
};
