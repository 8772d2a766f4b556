import type { Service, ServiceDeploymentBrief, ServiceRevision, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Instant } from '../../domain/instant.ts';
import { clusterArn, type ServiceRef, serviceArn } from '../../domain/place.ts';
import type { Blocker } from '../../domain/windows/maintenance.ts';
import { type AlarmFacts, describeAlarms, firingAlarms } from './alarms.ts';
import { type Answers, askForEach, knownOf } from './answers.ts';
import type { Reading } from './ask.ts';
import { readCalendars } from './calendars.ts';
import { readCodeDeployHistory } from './code-deploy.ts';
import { type History, listDeployments, targetsOf } from './deployment-history.ts';
import { countAddresses } from './headroom.ts';
import { readProtection } from './protection.ts';
import { describeRevisions } from './revisions.ts';
import { describeTasks, listServiceTasks, type NamedTask } from './running-tasks.ts';
import {
  controllerOf,
  deploymentAlarmsOf,
  revisionInUse,
  stackOf,
  subnetsOf,
  targetGroupsOf,
  taskDefinitionOf,
} from './service-settings.ts';
import { describeStacks } from './stacks.ts';
import { countTargets, readDeregistrationDelays, type TargetCount } from './targets.ts';
import { describeTaskDefinitions } from './task-definitions.ts';

/** A service that ECS has, with what its windows want to be asked. */
export interface DescribedService {
  readonly at: ServiceRef;
  readonly service: Service;
  readonly blockers: readonly Blocker[];
}

/** Everything that was read about some services, by whatever each was asked for. */
export interface ServiceReads {
  readonly listed: Answers<readonly string[]>;
  readonly tasks: Answers<Task>;
  readonly protection: Answers<Instant | undefined>;
  readonly deployments: Answers<readonly ServiceDeploymentBrief[]>;
  readonly revisions: Answers<ServiceRevision>;
  readonly codeDeploy: Answers<History>;
  readonly definitions: Answers<TaskDefinition>;
  readonly targets: Answers<TargetCount>;
  readonly delays: Answers<number>;
  readonly alarms: Answers<AlarmFacts>;
  readonly firing: Answers<readonly string[]>;
  readonly calendars: Answers<string>;
  readonly stacks: Answers<string>;
  readonly addresses: Answers<number>;
}

/** Two rounds: what the services themselves name, and what that names. */
export async function readServices(
  described: readonly DescribedService[],
  now: Instant,
  reading: Reading,
): Promise<ServiceReads> {
  const [own, named] = await Promise.all([readOwn(described, now, reading), readNamed(described, reading)]);
  const tasks = described.flatMap(({ at }) => listedTasks(at, own.listed));
  const revisions = described.flatMap(({ at, service }) => [
    ...knownOf([own.deployments(serviceArn(at))]).flatMap(targetsOf),
    ...[revisionInUse(service)].flatMap((arn) => arn ?? []),
  ]);
  const [describedTasks, protection, describedRevisions] = await Promise.all([
    describeTasks(tasks, reading),
    readProtection(tasks, reading),
    describeRevisions(revisions, reading),
  ]);
  return { ...own, ...named, tasks: describedTasks, protection, revisions: describedRevisions };
}

/** The tasks of a service that were listed, if they were. */
export const listedTasks = (at: ServiceRef, listed: Answers<readonly string[]>): readonly NamedTask[] =>
  knownOf([listed(serviceArn(at))])
    .flat()
    .map((task) => ({ cluster: clusterArn(at), task }));

async function readOwn(described: readonly DescribedService[], now: Instant, reading: Reading) {
  const deployedBy = (controller: string): readonly DescribedService[] =>
    described.filter(({ service }) => controllerOf(service) === controller);
  const refs = described.map(({ at }) => at);
  const [listed, deployments, codeDeploy] = await Promise.all([
    listServiceTasks(refs, reading),
    listDeployments(
      deployedBy('ECS').map(({ at }) => at),
      reading,
    ),
    askForEach(
      deployedBy('CODE_DEPLOY'),
      ({ at }) => serviceArn(at),
      ({ service }) => readCodeDeployHistory(service, now, reading),
    ),
  ]);
  return { listed, deployments, codeDeploy };
}

async function readNamed(described: readonly DescribedService[], reading: Reading) {
  const services = described.map(({ service }) => service);
  const blockers = described.flatMap((one) => one.blockers);
  const groups = services.flatMap(targetGroupsOf);
  const alarmNames = [
    ...services.flatMap(deploymentAlarmsOf),
    ...blockers.flatMap((blocker) => (blocker.kind === 'alarm' ? [blocker.name] : [])),
  ];
  const prefixes = blockers.flatMap((blocker) => (blocker.kind === 'alarm-prefix' ? [blocker.prefix] : []));
  const dates = blockers.flatMap((blocker) => (blocker.kind === 'change-calendar' ? [blocker.calendar] : []));
  const [definitions, targets, delays, alarms, firing, calendars, stacks, addresses] = await Promise.all([
    describeTaskDefinitions(
      services.flatMap((service) => taskDefinitionOf(service) ?? []),
      reading,
    ),
    countTargets(groups, reading),
    readDeregistrationDelays(groups, reading),
    describeAlarms(alarmNames, reading),
    firingAlarms(prefixes, reading),
    readCalendars(dates, reading),
    describeStacks(
      services.flatMap((service) => stackOf(service) ?? []),
      reading,
    ),
    countAddresses(services.flatMap(subnetsOf), reading),
  ]);
  return { definitions, targets, delays, alarms, firing, calendars, stacks, addresses };
}
