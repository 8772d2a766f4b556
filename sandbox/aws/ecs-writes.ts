import { isUnderWay } from '../ecs/deployment.ts';
import { definitionOf } from '../ecs/describe-definition.ts';
import { describeService } from '../ecs/describe-service.ts';
import { describeTask } from '../ecs/describe-task.ts';
import type { Harbour } from '../ecs/harbour.ts';
import { clusterArn } from '../ecs/names.ts';
import { currentOf, type ServiceState } from '../ecs/service-state.ts';
import { continued, deployed, rolledBack, withoutTask } from '../ecs/service-writes.ts';
import { standaloneStopped } from '../ecs/standalone-task.ts';
import { isLive } from '../ecs/task.ts';
import type { Estate } from '../estate/estate.ts';
import { type Fields, wordOf } from '../json-object.ts';
import type { AwsError } from './faults.ts';
import { nameOf, type Operations, refuse } from './operation.ts';
import { createRunTask } from './run-task.ts';

/**
 * What changes the harbour. A parameter that is not modelled is refused by name rather than ignored: it would have
 * changed the service in AWS.
 */
export const ecsWrites = (harbour: Harbour, estate: Estate): Operations => ({
  'ecs:UpdateService': (input) => {
    const stranger = Object.keys(input).find((key) => !['cluster', 'service', 'forceNewDeployment'].includes(key));
    if (stranger !== undefined || input['forceNewDeployment'] !== true)
      return refuse(
        'InvalidParameterException',
        `the sandbox models forced deployments alone, not ${stranger ?? 'none'}`,
      );
    const [cluster, service] = [nameOf(input['cluster']), nameOf(input['service'])];
    const state = harbour.serviceNow(cluster, service);
    const refusal = refusalOf(state, isCluster(harbour, estate, cluster));
    if (refusal !== undefined) return refusal;
    return { service: describeService(harbour.change(cluster, service, deployed), harbour.now()) };
  },

  'ecs:StopServiceDeployment': ({ serviceDeploymentArn, stopType = 'ROLLBACK' }) => {
    if (stopType !== 'ROLLBACK')
      return refuse(
        'UnsupportedFeatureException',
        `the sandbox stops deployments with ROLLBACK, not ${wordOf(stopType)}`,
      );
    const { state, name } = deploymentAt(harbour, wordOf(serviceDeploymentArn));
    const deployment = state?.deployments.find((it) => it.name === name);
    if (state === undefined || deployment === undefined) return noDeployment();
    if (!isUnderWay(deployment))
      return refuse('ConflictException', `The service deployment is ${deployment.status} and cannot be stopped.`);
    harbour.change(state.cluster, state.service, (before, context) => rolledBack(before, name, context));
    return { serviceDeploymentArn };
  },

  'ecs:ContinueServiceDeployment': ({ serviceDeploymentArn, hookId, action = 'CONTINUE' }) => {
    const { state, name } = deploymentAt(harbour, wordOf(serviceDeploymentArn));
    const current = state && currentOf(state);
    if (state === undefined || !state.deployments.some((it) => it.name === name)) return noDeployment();
    if (current?.name !== name || current.hook?.id !== hookId || current.hook?.status !== 'AWAITING_ACTION')
      return refuse('InvalidParameterException', 'The lifecycle hook does not await an action.');
    const answer = action === 'ROLLBACK' ? 'ROLLBACK' : 'CONTINUE';
    harbour.change(state.cluster, state.service, (before, context) => continued(before, name, answer, context));
    return { serviceDeploymentArn };
  },

  'ecs:StopTask': ({ cluster, task, reason }) => {
    const [at, id] = [nameOf(cluster), nameOf(task)];
    return stopTask(harbour, at, id, wordOf(reason, 'Task stopped by a person'));
  },

  'ecs:RunTask': createRunTask(harbour),
});

const isCluster = (harbour: Harbour, estate: Estate, cluster: string): boolean =>
  harbour.hasCluster(cluster) || estate.clusters().includes(clusterArn(cluster));

/** In the order in which ECS looks. Texts are ECS's own where anybody has published them. */
function refusalOf(state: ServiceState | undefined, hasCluster: boolean): AwsError | undefined {
  if (!hasCluster) return refuse('ClusterNotFoundException', 'Cluster not found.');
  if (state === undefined) return refuse('ServiceNotFoundException', 'Service not found.');
  const { status, controller, revision } = state.settings;
  if (status !== 'ACTIVE') return refuse('ServiceNotActiveException', 'Service was not ACTIVE.');
  if (controller !== 'ECS')
    return refuse(
      'InvalidParameterException',
      controller === 'CODE_DEPLOY'
        ? 'Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.'
        : 'Cannot force a new deployment on services with an EXTERNAL deployment controller.',
    );
  if (definitionOf(state, revision)['status'] !== 'ACTIVE')
    return refuse('ClientException', 'TaskDefinition is inactive');
  return undefined;
}

/** `…:service-deployment/CLUSTER/SERVICE/NAME`. */
function deploymentAt(harbour: Harbour, arn: string) {
  const [, cluster = '', service = '', name = ''] = arn.split('/');
  const state = harbour.serviceNow(cluster, service);
  return { state: state?.settings.controller === 'ECS' ? state : undefined, name };
}

const noDeployment = (): AwsError =>
  refuse('ServiceDeploymentNotFoundException', 'The service deployment was not found.');

function stopTask(harbour: Harbour, cluster: string, id: string, reason: string): Fields | AwsError {
  const t = harbour.now();
  const alone = harbour.standaloneNow().find((it) => it.cluster === cluster && it.id === id);
  if (alone !== undefined) {
    const ended = isLive(alone, t) ? standaloneStopped(alone, t, { code: 'UserInitiated', reason }) : alone;
    harbour.changeStandalone((tasks) => tasks.map((it) => (it === alone ? ended : it)));
    return { task: describeTask(ended, t) };
  }
  const owner = harbour
    .services()
    .find(
      (it) => it.cluster === cluster && harbour.serviceNow(cluster, it.service)?.tasks.some((task) => task.id === id),
    );
  if (owner === undefined) return refuse('InvalidParameterException', 'The referenced task was not found.');
  const after = harbour.change(cluster, owner.service, (state, context) => withoutTask(state, id, reason, context));
  // True: the service has just been found to have it, and keeps stopped tasks for an hour.
  const task = after.tasks.find((it) => it.id === id) as (typeof after.tasks)[number];
  return { task: describeTask(task, t) };
}
