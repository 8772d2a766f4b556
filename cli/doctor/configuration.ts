import type { Destination } from '../../shared/domain/destination.ts';
import { found, type Gathered, known, missing } from '../../shared/domain/facts.ts';
import { type ConfigurationProblem, defaultPolicy, type Policy } from '../../shared/domain/policy.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { awsFailure } from '../../shared/effects/aws-failure.ts';
import type { StoredDocument } from '../../shared/effects/stores/configuration-item.ts';
import { createConfigurationStore } from '../../shared/effects/stores/configuration-store.ts';
import { parsePolicy } from '../../shared/parse/configuration.ts';
import { parseJson } from '../../shared/parse/json.ts';
import { plural } from '../../shared/render/listing.ts';
import { problemText } from '../config/file.ts';
import { SLACK_ENDPOINT_OUTPUT, type Stack } from '../stack-read.ts';
import { type Finding, fail, notChecked, ok, unread, warn } from './finding.ts';
import type { Scene } from './scene.ts';

/** The document that was pushed last, and what holds now. */
export interface ReadConfiguration {
  /** Absent: none was ever pushed. */
  readonly pushed?: Pick<StoredDocument, 'version' | 'pushedAt'>;
  /** Of that document. */
  readonly problems: readonly ConfigurationProblem[];
  readonly policy: Policy;
}

/** Reads the documents of the table; what the document does not say is as the stack's parameters say. */
export async function readConfiguration(
  { clients, stack }: Scene,
  tableName: string | undefined,
): Promise<Gathered<ReadConfiguration>> {
  if (tableName === undefined) return missing('not-applicable', 'the name of the table is not known');
  try {
    const store = createConfigurationStore({ client: clients.table, tableName });
    const { current, lastGood } = await store.load({ consistent: true });
    return found(holding({ current, lastGood }, policyOfStack(stack)));
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return missing(awsFailure(error.cause).reason, `table ${tableName}: ${error.message}`);
  }
}

interface Documents {
  readonly current: StoredDocument | undefined;
  readonly lastGood: StoredDocument | undefined;
}

/** As the functions take it: where the last document has problems, the last good one holds. */
function holding({ current, lastGood }: Documents, defaults: Policy): ReadConfiguration {
  if (current === undefined) return { problems: [], policy: defaults };
  const parsed = parsePolicy(parseJson(current.document), defaults);
  if (parsed.status === 'valid') return { pushed: current, problems: [], policy: parsed.policy };
  const earlier = lastGood && parsePolicy(parseJson(lastGood.document), defaults);
  return {
    pushed: current,
    problems: parsed.problems,
    policy: earlier?.status === 'valid' ? earlier.policy : defaults,
  };
}

/** What holds without any document. */
export function policyOfStack(stack: Gathered<Stack>): Policy {
  const { parameters = {}, outputs = {} } = stack.status === 'found' ? stack.value : {};
  const { SlackChannel: channel = '' } = parameters;
  const slack: readonly Destination[] =
    channel === '' ? [] : [channel === 'webhook' ? { kind: 'slack-webhook' } : { kind: 'slack-channel', channel }];
  const { TopicArn: topicArn } = outputs;
  const topic: readonly Destination[] = topicArn === undefined ? [] : [{ kind: 'sns-topic', topicArn }];
  return defaultPolicy({ destinations: [...slack, ...topic], lowestSeverity: 'low' });
}

/** Whether the document that was pushed last can be used. */
export function checkConfiguration(configuration: Gathered<ReadConfiguration>): readonly Finding[] {
  if (configuration.status === 'missing') return [unread('configuration', configuration)];
  const { pushed, problems } = configuration.value;
  if (pushed === undefined) return [ok('configuration', "no document was pushed: the stack's parameters hold")];
  const which = `version ${pushed.version} of ${utcMinute(pushed.pushedAt)}`;
  if (problems.length === 0) return [ok('configuration', `${which} has no problem`)];
  return [
    fail(
      'configuration',
      `${which} has ${plural(problems.length, 'problem')}, and an earlier one holds: ${problems.map(problemText).join('; ')}`,
      'mend the document and push it with "slackwater config push"',
    ),
  ];
}

/** Everywhere that the policy tells, whatever happens. */
export const destinationsOf = ({ routing }: Policy): readonly Destination[] => [
  ...routing.destinations,
  ...routing.rules.flatMap(({ destinations }) => destinations),
];

/** Whether the functions may publish to every topic that the document routes to. */
export function checkTopics(configuration: Gathered<ReadConfiguration>, stack: Gathered<Stack>): readonly Finding[] {
  if (configuration.status === 'missing') return [unread('topics', configuration)];
  if (stack.status === 'missing') return [unread('topics', stack)];
  const { outputs, parameters } = stack.value;
  const further = (parameters['FurtherTopicArns'] ?? '').split(',').map((arn) => arn.trim());
  const allowed = new Set([outputs['TopicArn'], ...further]);
  const routed = new Set(
    destinationsOf(configuration.value.policy).flatMap((to) => (to.kind === 'sns-topic' ? [to.topicArn] : [])),
  );
  const refused = [...routed].filter((arn) => !allowed.has(arn));
  if (refused.length === 0) return [ok('topics', `${plural(routed.size, 'topic')}, all of them allowed`)];
  return [
    fail(
      'topics',
      `the document routes to ${refused.join(', ')}, to which no function may publish`,
      "add it to the stack's parameter FurtherTopicArns, or take it out of the document",
    ),
  ];
}

/** Whether anybody in Slack may decide anything. */
export function checkRights({ chat: { rights } }: Policy, stack: Gathered<Stack>): readonly Finding[] {
  if (known(stack)?.outputs[SLACK_ENDPOINT_OUTPUT] === undefined)
    return [notChecked('rights', 'without an endpoint nobody in Slack decides anything')];
  if (rights.length > 0) return [ok('rights', `${plural(rights.length, 'rule')} of who may do what in Slack`)];
  return [
    warn(
      'rights',
      'nobody in Slack may do more than acknowledge and mute',
      'give rights under the key chat of the configuration document',
    ),
  ];
}
