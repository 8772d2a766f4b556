import { describeTask } from '../ecs/describe-task.ts';
import type { Harbour } from '../ecs/harbour.ts';
import { familyIn, type StandaloneSpec, standaloneTask } from '../ecs/standalone-task.ts';
import type { Task } from '../ecs/task.ts';
import { type Fields, isObject, wordOf } from '../json-object.ts';
import type { AwsError } from './faults.ts';
import { nameOf, refuse, textsOf } from './operation.ts';

const MODELLED: ReadonlySet<string> = new Set([
  'cluster',
  'taskDefinition',
  'count',
  'clientToken',
  'startedBy',
  'group',
  'tags',
  'overrides',
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
  'enableExecuteCommand',
  'enableECSManagedTags',
]);

/**
 * Starts one task of no service. The same token is answered with the same task, and refused with other parameters.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
export function createRunTask(harbour: Harbour): (input: Fields) => Fields | AwsError {
  const tokens = new Map<string, { readonly asked: string; readonly task: Task }>();
  return (input) => {
    const refusal = refusalOf(harbour, input);
    if (refusal !== undefined) return refusal;
    const [token, asked] = [wordOf(input['clientToken']), JSON.stringify(input)];
    const earlier = token === '' ? undefined : tokens.get(token);
    if (earlier !== undefined && earlier.asked !== asked) return alreadyUsed();
    const task = earlier?.task ?? started(harbour, input);
    if (token !== '') tokens.set(token, { asked, task });
    const now = harbour.standaloneNow().find(({ id }) => id === task.id) ?? task;
    return { tasks: [describeTask(now, harbour.now())], failures: [] };
  };
}

function refusalOf(harbour: Harbour, input: Fields): AwsError | undefined {
  const stranger = Object.keys(input).find((key) => !MODELLED.has(key));
  if (stranger !== undefined) return refuse('InvalidParameterException', `the sandbox does not model ${stranger}`);
  if (Number(input['count'] ?? 1) !== 1) return refuse('InvalidParameterException', 'the sandbox runs one task a call');
  if (!harbour.hasCluster(nameOf(input['cluster']))) return refuse('ClusterNotFoundException', 'Cluster not found.');
  if (familyIn(wordOf(input['taskDefinition'])) === undefined)
    return refuse('ClientException', 'TaskDefinition not found.');
  return subnetIn(networkOf(input)) === undefined
    ? refuse(
        'InvalidParameterException',
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      )
    : undefined;
}

const alreadyUsed = (): AwsError =>
  refuse('ConflictException', 'The provided clientToken is already in use with a different RunTask request.');

function started(harbour: Harbour, input: Fields): Task {
  const spec = specOf(input);
  harbour.changeStandalone((tasks, context) => [...tasks, standaloneTask(spec, context)]);
  // True: it has just been added at the end.
  return harbour.standaloneNow().at(-1) as Task;
}

function specOf(input: Fields): StandaloneSpec {
  const [family = '', revision = 1] = familyIn(wordOf(input['taskDefinition'])) ?? [];
  const { group, startedBy, overrides, capacityProviderStrategy } = input;
  const network = networkOf(input);
  const subnet = subnetIn(network);
  const [provider] = Array.isArray(capacityProviderStrategy) ? capacityProviderStrategy : [];
  return {
    cluster: nameOf(input['cluster']),
    family,
    revision,
    ...(typeof group === 'string' && { group }),
    ...(typeof startedBy === 'string' && { startedBy }),
    ...(isObject(overrides) && { overrides }),
    ...(subnet !== undefined && { subnet }),
    tags: tagsIn(input['tags']),
    securityGroups: textsOf(network['securityGroups']),
    hasPublicAddress: network['assignPublicIp'] === 'ENABLED',
    isSpot: isObject(provider) && provider['capacityProvider'] === 'FARGATE_SPOT',
    enableExecuteCommand: input['enableExecuteCommand'] === true,
  };
}

function networkOf({ networkConfiguration }: Fields): Fields {
  const outer = isObject(networkConfiguration) ? networkConfiguration['awsvpcConfiguration'] : undefined;
  return isObject(outer) ? outer : {};
}

const subnetIn = ({ subnets }: Fields): string | undefined => textsOf(subnets)[0];

const tagsIn = (tags: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (Array.isArray(tags) ? tags : []).filter(isObject).map(({ key, value }) => [wordOf(key), wordOf(value)]),
  );
