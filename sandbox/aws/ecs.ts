import type { Estate } from '../estate/estate.ts';
import { nameOf, type Operations, refuse, textsOf } from './operation.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html */
export const ecsOperations = (estate: Estate): Operations => ({
  'ecs:DescribeTaskDefinition': ({ taskDefinition }) => {
    const described = estate.taskDefinition(String(taskDefinition));
    return described === undefined
      ? refuse('ClientException', 'Unable to describe task definition.')
      : { taskDefinition: described, tags: [] };
  },

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
});

const untagged = (service: object): object => ({ ...service, tags: [] });
