import type { Estate } from '../estate/estate.ts';
import { serviceDeployment, serviceDeployments, serviceRevision } from '../estate/service-deployments.ts';
import { isObject } from '../json-object.ts';
import { nameOf, type Operations, refuse, textsOf } from './operation.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html */
export const ecsOperations = (estate: Estate): Operations => ({
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

  'ecs:ListTasks': ({ cluster, serviceName, desiredStatus }) => ({
    taskArns:
      desiredStatus === 'STOPPED'
        ? estate.stoppedTasks(nameOf(cluster), nameOf(serviceName)).map((task) => task.taskArn)
        : [],
  }),

  'ecs:DescribeTasks': ({ cluster, tasks }) => {
    const found = textsOf(tasks).map((arn) => ({ arn, task: estate.task(nameOf(cluster), nameOf(arn)) }));
    return {
      tasks: found.flatMap(({ task }) => task ?? []),
      failures: found.flatMap(({ arn, task }) => (task ? [] : [{ arn, reason: 'MISSING' }])),
    };
  },

  'ecs:ListServiceDeployments': ({ cluster, service, status, createdAt }) => {
    const { after = 0, before = Number.POSITIVE_INFINITY } = isObject(createdAt) ? createdAt : {};
    const statuses = textsOf(status);
    return {
      serviceDeployments: serviceDeployments(nameOf(cluster), nameOf(service))
        .filter((it) => it.createdAt > Number(after) && it.createdAt < Number(before))
        .filter((it) => statuses.length === 0 || statuses.includes(it.status))
        .map(({ targetServiceRevision, ...brief }) => ({
          ...brief,
          targetServiceRevisionArn: targetServiceRevision.arn,
        })),
    };
  },

  'ecs:DescribeServiceDeployments': ({ serviceDeploymentArns }) => {
    const found = textsOf(serviceDeploymentArns).map((arn) => ({ arn, deployment: serviceDeployment(arn) }));
    return {
      serviceDeployments: found.flatMap(({ deployment }) => deployment ?? []),
      failures: found.flatMap(({ arn, deployment }) => (deployment ? [] : [{ arn, reason: 'MISSING' }])),
    };
  },

  'ecs:DescribeServiceRevisions': ({ serviceRevisionArns }) => {
    const found = textsOf(serviceRevisionArns).map((arn) => ({ arn, revision: serviceRevision(arn) }));
    return {
      serviceRevisions: found.flatMap(({ revision }) => revision ?? []),
      failures: found.flatMap(({ arn, revision }) => (revision ? [] : [{ arn, reason: 'MISSING' }])),
    };
  },
});

const untagged = (service: object): object => ({ ...service, tags: [] });
