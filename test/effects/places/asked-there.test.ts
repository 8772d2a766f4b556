import { describe, expect, it } from 'vitest';
import { missing } from '../../../shared/domain/facts.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import type { Place, ServiceRef, TaskArn, TaskDefinitionArn, TaskRef } from '../../../shared/domain/place.ts';
import { placeKey } from '../../../shared/domain/place.ts';
import { createDeploymentLook } from '../../../shared/effects/actions/deployment-look.ts';
import { createActionTaker } from '../../../shared/effects/actions/take-action.ts';
import { clientSettings } from '../../../shared/effects/clients.ts';
import type { At } from '../../../shared/effects/places/clients-at.ts';
import { UnreachablePlaceError } from '../../../shared/effects/places/unreachable-place.ts';
import { createActionClients } from '../../../shared/effects/plan-steps/action-clients.ts';
import { createStepExecutor } from '../../../shared/effects/plan-steps/step-executor.ts';
import { createPlannedClients } from '../../../shared/effects/planning-clients.ts';
import { createAccountReader } from '../../../shared/effects/readers/account-reader.ts';
import { createActorReader } from '../../../shared/effects/readers/actor-reader.ts';
import { createChangeReader } from '../../../shared/effects/readers/change-reader.ts';
import { createEcsReader } from '../../../shared/effects/readers/ecs-reader.ts';
import { createImageReader } from '../../../shared/effects/readers/image-reader.ts';
import { createLogReader } from '../../../shared/effects/readers/log-reader.ts';
import { createMemoryReader } from '../../../shared/effects/readers/memory-reader.ts';
import { createStopActorReader } from '../../../shared/effects/readers/stop-actor-reader.ts';
import { createTargetHealthReader } from '../../../shared/effects/readers/target-health-reader.ts';
import { createTaskReader } from '../../../shared/effects/readers/task-reader.ts';
import { createSituationReader } from '../../../shared/effects/situation/situation-reader.ts';
import { createMemoryLockStore } from '../../../shared/effects/stores/memory-lock-store.ts';
import { ASKED, aWanted } from '../../support/actions.ts';
import { NOON } from '../../support/observations.ts';
import { FENCE, NOW, PLAN, STEPS } from '../plan-steps/steps.ts';

const THERE: Place = { partition: 'aws-cn', account: '222233334444', region: 'cn-north-1' };
const SERVICE: ServiceRef = { ...THERE, cluster: 'harbor-prod', service: 'checkout' };
const arn = (resource: string): string => `arn:aws-cn:ecs:cn-north-1:222233334444:${resource}`;
// The casts are true: these are ARNs in the long form.
const DEFINITION = arn('task-definition/checkout:57') as TaskDefinitionArn;
const TASK: TaskRef = {
  ...THERE,
  cluster: 'harbor-prod',
  taskId: '4f0c',
  arn: arn('task/harbor-prod/4f0c') as TaskArn,
};
const DEPLOYMENT = arn('service-deployment/harbor-prod/checkout/dep1');
const FAILED = { service: SERVICE, at: NOON };
const CONTAINER = {
  name: 'checkout',
  image: 'checkout',
  isEssential: true,
  logDriver: 'awslogs',
  logOptions: { 'awslogs-group': '/ecs/checkout', 'awslogs-stream-prefix': 'ecs' },
  containerPorts: [],
  environmentNames: [],
  secrets: [],
};

/** Clients of a place that lets nobody in; `asked` has the places that they were made for. */
function shut() {
  const asked: Place[] = [];
  const settings = {
    ...clientSettings(THERE.region, {}),
    credentials: () => Promise.reject(new UnreachablePlaceError('denied', 'nobody is let in')),
  };
  const clientsAt =
    <Client>(make: (of: typeof settings) => Client): At<Client> =>
    ({ partition, account, region }) => {
      asked.push({ partition, account, region });
      return make(settings);
    };
  return { asked, reading: clientsAt(createPlannedClients), changing: clientsAt(createActionClients) };
}

type Shut = ReturnType<typeof shut>;
const redact = (text: string): string => text;
const TERMS = {
  maintenance: { windows: [], freezes: [] },
  lifted: [],
  range: { from: NOON, to: NOON },
  deadline: NOON + minutes(1),
};
const situation = ({ reading }: Shut) => createSituationReader({ clientsAt: reading, clock: () => NOON });

const READS: readonly (readonly [string, (of: Shut) => Promise<unknown>])[] = [
  ['a task definition', (of) => createEcsReader({ clientsAt: of.reading, redact }).describeTaskDefinition(DEFINITION)],
  ['a service', (of) => createEcsReader({ clientsAt: of.reading, redact }).describeService(SERVICE)],
  ['the stopped tasks of a service', (of) => createEcsReader({ clientsAt: of.reading, redact }).stoppedTasks(SERVICE)],
  ['a task', (of) => createTaskReader({ clientsAt: of.reading }).describeTask(TASK)],
  ['the stopped tasks in full', (of) => createTaskReader({ clientsAt: of.reading }).stoppedTasks(SERVICE)],
  [
    'a log',
    (of) =>
      createLogReader({ clientsAt: of.reading, redact }).tail({ container: CONTAINER, taskId: '4f0c', at: THERE }),
  ],
  [
    'an image, also in the registry of another account',
    (of) =>
      createImageReader({ clientsAt: of.reading })('999900001111.dkr.ecr.us-east-2.amazonaws.com/checkout:1', THERE),
  ],
  ['a target group', (of) => createTargetHealthReader({ clientsAt: of.reading })('targetgroup/web/1', THERE)],
  [
    'the memory use',
    (of) => createMemoryReader({ clientsAt: of.reading })({ task: TASK, family: 'checkout', stoppedAt: NOON }),
  ],
  ['who started a deployment', (of) => createActorReader({ clientsAt: of.reading })(FAILED)],
  ['who stopped a task', (of) => createStopActorReader({ clientsAt: of.reading })(TASK, NOON)],
  ['what a deployment changed', (of) => createChangeReader({ clientsAt: of.reading, redact })(FAILED)],
  ['a deployment with a hook', (of) => createDeploymentLook({ clientsAt: of.reading })(DEPLOYMENT)],
  ['the account', async (of) => (await createAccountReader({ clientsAt: of.reading })(THERE)).waitPeriod],
];

describe('asked where it is', () => {
  it.each(READS)('%s is, and missing with what to do about it where nobody is let in', async (_what, read) => {
    const of = shut();
    expect(await read(of)).toEqual(missing('denied', 'nobody is let in'));
    expect(of.asked).toEqual([THERE]);
  });

  it('the services of a plan are, each place by itself, in the order given', async () => {
    const of = shut();
    const elsewhere = { ...SERVICE, account: '333344445555' };
    const refs = [SERVICE, elsewhere, { ...SERVICE, service: 'ledger' }];
    const read = await situation(of).services(refs, TERMS);
    expect(read).toEqual(refs.map((at) => ({ status: 'unread', at, because: 'nobody is let in.' })));
    expect(of.asked.map(placeKey)).toEqual([placeKey(SERVICE), placeKey(elsewhere)]);
  });

  it('the tasks of no service are, one without its cluster where its notice is about', async () => {
    const of = shut();
    const read = await situation(of).tasks([{ taskId: '4f0c', place: THERE }], TERMS);
    expect(read).toEqual([{ taskId: '4f0c', unread: 'nobody is let in.' }]);
    expect(of.asked).toEqual([THERE]);
  });
});

describe('changed where it is', () => {
  // Every kind of step that asks AWS for something, for services and tasks of one other place.
  const renamed = JSON.parse(
    JSON.stringify(STEPS).replaceAll('111122223333', THERE.account).replaceAll('eu-west-1', THERE.region),
  ) as typeof STEPS; // True because names alone were changed.

  it.each(Object.entries(renamed))(
    'by %s, and refused with what to do about it where nobody is let in',
    async (_, step) => {
      const of = shut();
      const at = 'at' in step && 'service' in step.at ? step.at : { ...SERVICE, partition: 'aws' };
      const locks = createMemoryLockStore();
      await locks.take({ at, owner: PLAN.id, fence: FENCE, expiresAt: NOW + minutes(15), tasks: 1 }, NOW);
      const take = createStepExecutor({ clientsAt: of.changing, locks, clock: () => NOW });
      expect(await take(PLAN, step)).toMatchObject({
        status: 'failed',
        because: expect.stringMatching(/ was not asked for: nobody is let in\.$/),
        retryable: false,
      });
      expect(of.asked).toEqual([{ ...THERE, partition: 'aws' }]);
    },
  );

  it('by what a person wants of a deployment', async () => {
    for (const asked of Object.values(ASKED)) {
      const of = shut();
      const act = createActionTaker({ clientsAt: of.changing });
      expect(await act(aWanted({ ...asked, service: SERVICE }))).toMatchObject({ status: 'failed', retryable: false });
      expect(of.asked).toEqual([THERE]);
    }
  });
});
