import type { AwsAction } from '../../../functions/slack-endpoint/aws/calls.ts';
import type { AwsClient } from '../../../functions/slack-endpoint/aws/client.ts';
import { createHandler } from '../../../functions/slack-endpoint/handler.ts';
import type { Outcome } from '../../../functions/slack-endpoint/outcome.ts';
import { createReplayGuard } from '../../../functions/slack-endpoint/replay.ts';
import type { HttpAnswer } from '../../../functions/slack-endpoint/reply.ts';
import type { Senders } from '../../../functions/slack-endpoint/senders.ts';
import { createSigningSecrets } from '../../../functions/slack-endpoint/signing-secrets.ts';
import { readStored } from '../../../functions/slack-endpoint/stored-text.ts';
import type { ViewAnswer, Views } from '../../../functions/slack-endpoint/views.ts';
import { createHandOver } from '../../../functions/slack-endpoint/worker.ts';
import type { ChatRequest } from '../../../shared/domain/chat/request.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import type { AwsAnswer } from '../../../shared/effects/aws-answer.ts';
import { NOON, SECRET } from './from-slack.ts';

export const failing = (name: string, isDoubtful = false): AwsAnswer => ({ status: 'failed', name, isDoubtful });

interface Given {
  readonly senders?: Senders;
  /** What the parameter holds, look by look; the last one stays. */
  readonly stored?: readonly string[];
  /** What AWS answers instead of doing it. */
  readonly aws?: Partial<Record<AwsAction, AwsAnswer>>;
  /** What Slack answers to a modal. */
  readonly view?: ViewAnswer;
}

/** The endpoint over an AWS and a Slack that note what they are asked, and a clock that stands until it is moved. */
export function anEndpoint(given: Given = {}) {
  const { stored = [SECRET], senders = { teams: [] } } = given;
  const calls: { readonly action: AwsAction; readonly body: unknown; readonly path?: string }[] = [];
  const taken = new Map<string, string>();
  const views: unknown[] = [];
  const outcomes: Outcome[] = [];
  let now: Instant = NOON;
  let looks = 0;

  const ANSWERS: Readonly<Record<AwsAction, (body: never) => AwsAnswer>> = {
    'ssm:GetParameter': () => {
      const Value = stored[Math.min(looks, stored.length - 1)];
      looks += 1;
      return { status: 'done', body: { Parameter: { Value } } };
    },
    'secretsmanager:GetSecretValue': () => failing('UnexpectedCall'),
    'dynamodb:PutItem': ({ Item }: { Item: Record<'sk' | 'takenBy', { S: string }> }) => {
      const owner = taken.get(Item.sk.S) ?? Item.takenBy.S;
      taken.set(Item.sk.S, owner);
      return owner === Item.takenBy.S ? { status: 'done', body: {} } : failing('ConditionalCheckFailedException');
    },
    'lambda:InvokeFunction': () => ({ status: 'done', body: undefined }),
  };
  const aws: AwsClient = async (action, { body, path }) => {
    calls.push({ action, body, ...(path !== undefined && { path }) });
    // True because each answer above is written for the body of its own action.
    return given.aws?.[action] ?? ANSWERS[action](body as never);
  };
  const answerView = async (asked: unknown): Promise<ViewAnswer> => {
    views.push(asked);
    return given.view ?? { status: 'shown', viewId: 'V0OPENED' };
  };
  const slack: Views = {
    open: (opening) => answerView(opening),
    replace: (viewId, view) => answerView({ viewId, view }),
  };
  const handler = createHandler({
    clock: () => now,
    senders,
    secrets: createSigningSecrets((left) => readStored(aws, { kind: 'parameter', name: '/tides/signing' }, left)),
    claim: createReplayGuard(aws, 'records'),
    views: slack,
    handOver: createHandOver(aws, 'worker'),
    report: (outcome) => outcomes.push(outcome),
  });
  let invocations = 0;
  const called = (action: AwsAction): readonly unknown[] =>
    calls.filter((call) => call.action === action).map(({ body }) => body);
  return {
    send: (event: unknown): Promise<HttpAnswer> => {
      invocations += 1;
      return handler(event, { awsRequestId: `invocation-${invocations}` });
    },
    at: (instant: Instant): void => {
      now = instant;
    },
    calls,
    called,
    /** What the worker was handed. */
    // True because this is what is handed over.
    handed: (): readonly ChatRequest[] => called('lambda:InvokeFunction') as readonly ChatRequest[],
    views,
    outcomes,
    /** Of the last request. */
    verdict: (): string => `${outcomes.at(-1)?.decision}: ${outcomes.at(-1)?.reason}`,
  };
}
