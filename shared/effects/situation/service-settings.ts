import type { DeploymentConfiguration, LoadBalancer, Service, TaskSet } from '@aws-sdk/client-ecs';
import { minutes, seconds } from '../../domain/instant.ts';
import type { DurationFacts } from '../../domain/plan/expected.ts';
import { room } from '../../domain/plan/expected.ts';
import type { ActiveService } from '../../domain/plan/situation.ts';
import { present } from '../../domain/present.ts';

/** What DescribeServices itself says about how a service is deployed. */
export type ServiceSettings = Pick<
  ActiveService,
  | 'controller'
  | 'strategy'
  | 'desired'
  | 'running'
  | 'pending'
  | 'minimumHealthyPercent'
  | 'maximumPercent'
  | 'hasCircuitBreaker'
  | 'pauseHooks'
  | 'isSpotOnly'
  | 'defersCleanup'
>;

/** Absent settings mean what https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html says. */
export function settingsOf(service: Service): ServiceSettings {
  const configuration = service.deploymentConfiguration ?? {};
  const { earlySuccessCriteria: early } = configuration;
  return {
    controller: controllerOf(service),
    strategy: strategyOf(service),
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    minimumHealthyPercent: configuration.minimumHealthyPercent ?? 100,
    maximumPercent: configuration.maximumPercent ?? 200,
    hasCircuitBreaker: configuration.deploymentCircuitBreaker?.enable === true,
    pauseHooks: pauseHooksOf(configuration),
    isSpotOnly: isSpotOnly(service),
    defersCleanup: early?.enable === true && early.sourceServiceRevisionCleanup === 'DEFERRED',
  };
}

export const controllerOf = ({ deploymentController }: Service): string => deploymentController?.type ?? 'ECS';

/** CodeDeploy starts a second copy of all tasks and moves the traffic, whatever ECS's own settings are. */
const strategyOf = (service: Service): string =>
  controllerOf(service) === 'CODE_DEPLOY' ? 'BLUE_GREEN' : (service.deploymentConfiguration?.strategy ?? 'ROLLING');

/** Hooks have no names; the stages at which they wait say which they are. */
const pauseHooksOf = ({ lifecycleHooks = [] }: DeploymentConfiguration): readonly string[] =>
  lifecycleHooks
    .filter(({ targetType }) => targetType === 'PAUSE')
    .map(({ lifecycleStages = [] }) => lifecycleStages.join(' and ') || 'a hook');

function isSpotOnly(service: Service): boolean {
  const used = providersOf(service);
  return used.length > 0 && used.every((provider) => provider === 'FARGATE_SPOT');
}

const providersOf = (service: Service): readonly string[] =>
  (primaryOf(service) ?? service).capacityProviderStrategy
    ?.filter(({ weight = 0, base = 0 }) => weight + base > 0)
    .flatMap(({ capacityProvider }) => capacityProvider ?? []) ?? [];

/** What it starts counts against the quota of vCPU of Fargate On-Demand. */
export const usesFargateOnDemand = (service: Service): boolean =>
  (primaryOf(service) ?? service).launchType === 'FARGATE' || providersOf(service).includes('FARGATE');

/** Of CODE_DEPLOY and EXTERNAL: the task set that serves. */
export const primaryOf = ({ taskSets = [] }: Service): TaskSet | undefined =>
  taskSets.find(({ status }) => status === 'PRIMARY');

/** ARN of the task definition that serves, or is rolled out. */
export const taskDefinitionOf = (service: Service): string | undefined =>
  primaryOf(service)?.taskDefinition ?? service.taskDefinition;

/** The service revision that most of its tasks run, as far as ECS keeps any. */
export function revisionInUse({ currentServiceRevisions = [] }: Service): string | undefined {
  const [busiest] = currentServiceRevisions.toSorted((a, b) => (b.runningTaskCount ?? 0) - (a.runningTaskCount ?? 0));
  return busiest?.arn;
}

/** ARNs; of blue/green both, because either may serve. */
export const targetGroupsOf = (service: Service): readonly string[] =>
  (primaryOf(service)?.loadBalancers ?? service.loadBalancers ?? []).flatMap(
    ({ targetGroupArn, advancedConfiguration }: LoadBalancer) =>
      [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].flatMap((arn) => arn ?? []),
  );

export const subnetsOf = (service: Service): readonly string[] =>
  (primaryOf(service) ?? service).networkConfiguration?.awsvpcConfiguration?.subnets ?? [];

export function deploymentAlarmsOf({ deploymentConfiguration }: Service): readonly string[] {
  const { enable = false, alarmNames = [] } = deploymentConfiguration?.alarms ?? {};
  return enable ? alarmNames : [];
}

export const tagsOf = ({ tags = [] }: Pick<Service, 'tags'>): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.flatMap(({ key, value }) => (key ? [[key, value ?? '']] : [])));

/** ARN or name of the CloudFormation stack that made it, which tags it where it can. */
export function stackOf(service: Service): string | undefined {
  const tags = tagsOf(service);
  return tags['aws:cloudformation:stack-id'] ?? tags['aws:cloudformation:stack-name'];
}

/** How many tasks more than the desired count a deployment runs for a while. */
export function extraTasks(service: Service): number {
  const settings = settingsOf(service);
  return settings.strategy === 'ROLLING' ? room(settings).up : settings.desired;
}

/** The part of what a deployment's length follows from that the settings tell. */
export function settledDurations(service: Service): Pick<DurationFacts, 'healthGrace' | 'bake' | 'step'> {
  const { bakeTimeInMinutes } = service.deploymentConfiguration ?? {};
  const { healthCheckGracePeriodSeconds: grace } = service;
  return present({
    healthGrace: grace === undefined ? undefined : seconds(grace),
    bake: bakeTimeInMinutes === undefined ? undefined : minutes(bakeTimeInMinutes),
    step: stepOf(service.deploymentConfiguration ?? {}),
  });
}

function stepOf({
  strategy,
  canaryConfiguration,
  linearConfiguration,
}: DeploymentConfiguration): DurationFacts['step'] {
  if (strategy === 'CANARY') {
    const { canaryPercent = 5, canaryBakeTimeInMinutes = 10 } = canaryConfiguration ?? {};
    return { percent: canaryPercent, bake: minutes(canaryBakeTimeInMinutes) };
  }
  if (strategy !== 'LINEAR') return undefined;
  const { stepPercent = 10, stepBakeTimeInMinutes = 6 } = linearConfiguration ?? {};
  return { percent: stepPercent, bake: minutes(stepBakeTimeInMinutes) };
}
