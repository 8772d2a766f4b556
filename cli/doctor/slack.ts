import { present } from '../../shared/domain/present.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { awsFailure } from '../../shared/effects/aws-failure.ts';
import { createCredentialReader } from '../../shared/effects/slack/credential.ts';
import type { SlackCredential } from '../../shared/effects/slack/slack-credential.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { SCOPES, type Scope, scopesFor } from '../slack/app.ts';
import { SLACK_ENDPOINT_OUTPUT, type Stack } from '../stack-read.ts';
import { checkChannels } from './channels.ts';
import { destinationsOf } from './configuration.ts';
import { type Check, type Finding, fail, notChecked, ok, warn } from './finding.ts';
import type { Surroundings } from './scene.ts';
import { createSlackApi, type SlackReply } from './slack-api.ts';

/** Whether Slack takes the credential, and lets it do what it is for. Nothing is posted. */
export async function checkSlack(around: Surroundings): Promise<readonly Finding[]> {
  const { stack } = around;
  if (stack.status === 'missing') return noneOf('without the stack, the credential is not known');
  if (!stack.value.parameters['SlackChannel']) return withoutSlack(around);
  const credential = await readCredential(stack.value, around);
  if ('check' in credential) return [credential, ...noneOf('there is no token to ask Slack with').slice(1)];
  if (credential.kind === 'bot-token') return checkToken(credential.token, stack.value, around);
  return [
    warn(
      'slack-token',
      'an incoming webhook: its messages cannot be edited and have no buttons',
      'make an app with "slackwater slack manifest" and store its bot token',
    ),
    ...noneOf('a webhook has no token').slice(1),
  ];
}

const CHECKED: readonly Check[] = ['slack-token', 'slack-scopes', 'slack-channels'];

const noneOf = (because: string): readonly Finding[] => CHECKED.map((check) => notChecked(check, because));

function withoutSlack({ policy }: Surroundings): readonly Finding[] {
  if (destinationsOf(policy).every(({ kind }) => kind === 'sns-topic'))
    return noneOf('the stack leaves Slack out: its parameter SlackChannel is empty');
  return [
    fail(
      'slack-token',
      'the document routes to Slack, and the stack has no credential for it: its parameter SlackChannel is empty',
      'deploy with SlackChannel set',
    ),
    ...noneOf('the stack has no credential').slice(1),
  ];
}

/** A finding where there is none that can be used. */
async function readCredential(
  { parameters }: Stack,
  { clients, now }: Surroundings,
): Promise<SlackCredential | Finding> {
  const { SlackCredentialParameter: parameter, SlackCredentialSecretArn: secretArn } = parameters;
  const where = secretArn ? { secretArn } : present({ parameter });
  try {
    return await createCredentialReader({ ...clients, ...where }).read(now);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (awsFailure(error.cause).reason === 'denied')
      return notChecked('slack-token', error.message, 'allow it to whoever runs this');
    return fail('slack-token', error.message, "store the bot token, as the stack's output StoreSlackCredential says");
  }
}

async function checkToken(token: string, stack: Stack, around: Surroundings): Promise<readonly Finding[]> {
  const api = createSlackApi(token, around.environment['SLACK_API_URL']);
  const reply = await api('auth.test', {});
  if (reply.status !== 'ok') return [refusedToken(reply), ...noneOf('Slack does not take the token').slice(1)];
  const { user, team, team_id: teamId } = reply.body;
  const who = [user, team, teamId].map((part) => shorten(oneLine(typeof part === 'string' ? part : '?'), 80));
  return [
    ok('slack-token', `Slack knows it as ${who[0]} of ${who[1]} (${who[2]})`),
    checkScopes(reply.scopes, neededFor(stack, around)),
    ...(await checkChannels(api, reply.scopes ?? [], around)),
  ];
}

/** https://docs.slack.dev/reference/methods/auth.test */
const refusedToken = (reply: Exclude<SlackReply, { status: 'ok' }>): Finding =>
  reply.status === 'unanswered' || reply.error === 'ratelimited'
    ? notChecked('slack-token', 'Slack could not be reached from here')
    : fail(
        'slack-token',
        `Slack does not take it: ${reply.error}`,
        'install the app again and store its new bot token',
      );

const neededFor = ({ outputs }: Stack, { policy: { chat } }: Surroundings): readonly Scope[] =>
  scopesFor({
    hasEndpoint: outputs[SLACK_ENDPOINT_OUTPUT] !== undefined,
    usesGroups: chat.rights.some(({ who }) => who.some((id) => id.startsWith('S'))),
    postsAnywhere: false,
  });

/** The first two only `slackwater doctor` can use; the last is what somebody has chosen. */
const HARMLESS: readonly string[] = ['channels:read', 'groups:read', 'chat:write.public'];

function checkScopes(scopes: readonly string[] | undefined, needed: readonly Scope[]): Finding {
  if (scopes === undefined) return notChecked('slack-scopes', 'Slack did not say which scopes the token has');
  const missing = needed.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0)
    return fail(
      'slack-scopes',
      `missing: ${missing.map((scope) => `${scope} (${SCOPES[scope]})`).join(', ')}`,
      'put what "slackwater slack manifest" prints into the app, and install it again',
    );
  const spare = scopes.filter((scope) => !needed.some((one) => one === scope) && !HARMLESS.includes(scope));
  if (spare.length === 0) return ok('slack-scopes', scopes.join(', '));
  return warn(
    'slack-scopes',
    `more than it needs: ${spare.join(', ')}`,
    'take them out of the app, and install it again',
  );
}
