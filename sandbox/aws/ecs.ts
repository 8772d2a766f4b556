import { briefDeployment, describeDeployment, describeRevision } from '../ecs/describe-deployment.ts';
import type { Harbour } from '../ecs/harbour.ts';
import { deploymentArn, type ServiceState } from '../ecs/service-state.ts';
import { isLive } from '../ecs/task.ts';
import { taskArn } from '../ecs/task-fields.ts';
import { tasksOf } from '../ecs/with-harbour.ts';
import type { Estate } from '../estate/estate.ts';
import { serviceDeployment, serviceDeployments, serviceRevision } from '../estate/service-deployments.ts';
import { type Fields, isObject, wordOf } from '../json-object.ts';
import { nameOf, type Operations, refuse, textsOf } from './operation.ts';
import { pageOf } from './page.ts';

/**
 * What ECS is asked. `estate` has the services of the harbour among its own.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html
 */
export const ecsOperations = (estate: Estate, harbour: Harbour): Operations => ({
  'ecs:DescribeTaskDefinition': ({ taskDefinition }) => {
    const described = estate.taskDefinition(String(taskDefinition));
    return described === undefined
      ? refuse('ClientException', 'Unable to describe task definition.')
      : { taskDefinition: described, tags: [] };
  },

  'ecs:ListClusters': () => ({ clusterArns: estate.clusters() }),

  'ecs:ListServices': ({ cluster }) => ({ serviceArns: estate.services(nameOf(cluster)) }),

  'ecs:DescribeServices': ({ cluster, services, include }) => {
    const found = textsOf(services).map((name) => ({ name, service: estate.service(nameOf(cluster), nameOf(name)) }));
    return {
      services: found.flatMap(({ service }) =>
        service ? [textsOf(include).includes('TAGS') ? service : untagged(service)] : [],
      ),
      failures: found.flatMap(({ name, service }) => (service ? [] : [{ arn: name, reason: 'MISSING' }])),
    };
  },

  'ecs:ListTasks': (input) => {
    if (input['startedBy'] !== undefined && input['serviceName'] !== undefined)
      return refuse('InvalidParameterException', 'startedBy cannot be combined with other filters.');
    const isStopped = input['desiredStatus'] === 'STOPPED';
    const [cluster, service] = [nameOf(input['cluster']), nameOf(input['serviceName'])];
    const known = isStopped ? estate.stoppedTasks(cluster, service) : estate.runningTasks(cluster, service);
    const arns = [...listedTasks(harbour, input), ...known.map((task) => task.taskArn)];
    const { items, next } = pageOf([...new Set(arns)], input, 100);
    return { taskArns: items, ...next };
  },

  'ecs:DescribeTasks': ({ cluster, tasks, include }) => {
    const found = textsOf(tasks).map((arn) => ({ arn, task: estate.task(nameOf(cluster), nameOf(arn)) }));
    return {
      tasks: found.flatMap(({ task }) => (task ? [textsOf(include).includes('TAGS') ? task : untagged(task)] : [])),
      failures: found.flatMap(({ arn, task }) => (task ? [] : [{ arn, reason: 'MISSING' }])),
    };
  },

  'ecs:ListServiceDeployments': (input) => {
    const { cluster, service, status, createdAt } = input;
    const { after = 0, before = Number.POSITIVE_INFINITY } = isObject(createdAt) ? createdAt : {};
    const statuses = textsOf(status);
    const listed = deploymentsOf(harbour, nameOf(cluster), nameOf(service))
      .filter((it) => it.createdAt > Number(after) && it.createdAt < Number(before))
      .filter((it) => statuses.length === 0 || statuses.includes(it.status));
    const { items, next } = pageOf(listed, input, 20);
    return { serviceDeployments: items, ...next };
  },

  'ecs:DescribeServiceDeployments': ({ serviceDeploymentArns }) => {
    const found = textsOf(serviceDeploymentArns).map((arn) => ({ arn, deployment: deploymentAt(harbour, arn) }));
    return {
      serviceDeployments: found.flatMap(({ deployment }) => deployment ?? []),
      failures: found.flatMap(({ arn, deployment }) => (deployment ? [] : [{ arn, reason: 'MISSING' }])),
    };
  },

  'ecs:DescribeServiceRevisions': ({ serviceRevisionArns }) => {
    const found = textsOf(serviceRevisionArns).map((arn) => ({ arn, revision: revisionAt(harbour, arn) }));
    return {
      serviceRevisions: found.flatMap(({ revision }) => revision ?? []),
      failures: found.flatMap(({ arn, revision }) => (revision ? [] : [{ arn, reason: 'MISSING' }])),
    };
  },
});

const untagged = <Described extends object>(described: Described): Described => ({ ...described, tags: [] });

/** Of the harbour alone; those of the estate are known by their ends only. */
function listedTasks(harbour: Harbour, { cluster, serviceName, startedBy, family, desiredStatus }: Fields) {
  const t = harbour.seenAt();
  return tasksOf(harbour)
    .filter((task) => task.cluster === nameOf(cluster) && isLive(task, t) === (desiredStatus !== 'STOPPED'))
    .filter((task) => serviceName === undefined || task.group === `service:${nameOf(serviceName)}`)
    .filter((task) => startedBy === undefined || task.startedBy === startedBy)
    .filter((task) => family === undefined || task.taskDefinition.startsWith(`${wordOf(family)}:`))
    .map(taskArn);
}

/** ECS has service deployments of its own controller alone. */
const withDeployments = (harbour: Harbour): readonly ServiceState[] =>
  harbour.services().filter(({ settings }) => settings.controller === 'ECS');

function deploymentsOf(harbour: Harbour, cluster: string, service: string) {
  const t = harbour.seenAt();
  const own = harbour.services().find((it) => it.cluster === cluster && it.service === service);
  if (own === undefined)
    return serviceDeployments(cluster, service).map(({ targetServiceRevision, ...brief }) => ({
      ...brief,
      targetServiceRevisionArn: targetServiceRevision.arn,
    }));
  return own.settings.controller === 'ECS' ? own.deployments.map((it) => briefDeployment(own, it, t)) : [];
}

function deploymentAt(harbour: Harbour, arn: string): object | undefined {
  const t = harbour.seenAt();
  const [own] = withDeployments(harbour).flatMap((state) =>
    state.deployments.filter((it) => deploymentArn(state, it) === arn).map((it) => describeDeployment(state, it, t)),
  );
  return own ?? serviceDeployment(arn);
}

function revisionAt(harbour: Harbour, arn: string): object | undefined {
  const [own] = withDeployments(harbour).flatMap((state) =>
    state.revisions.filter((it) => it.arn === arn).map((it) => describeRevision(state, it)),
  );
  return own ?? serviceRevision(arn);
}
