import { createHmac } from 'node:crypto';
import { parseSigningSecrets } from '../../functions/slack-endpoint/signing-secrets.ts';
import { found, type Gathered, missing } from '../../shared/domain/facts.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { SLACK_ENDPOINT_OUTPUT, type Stack } from '../stack-read.ts';
import { type Finding, fail, notChecked, ok, unread } from './finding.ts';
import { type HttpReply, post } from './http.ts';
import { asked, type Scene } from './scene.ts';

/** Whether Slack reaches the endpoint, and is believed where nobody else is. What is sent does nothing. */
export async function checkEndpoint(scene: Scene): Promise<readonly Finding[]> {
  if (scene.stack.status === 'missing') return neither('without the stack, its endpoint is not known');
  const stack = scene.stack.value;
  const text = stack.outputs[SLACK_ENDPOINT_OUTPUT];
  if (text === undefined) return neither('the stack does not listen to Slack: no buttons, no commands');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return neither(`the output ${SLACK_ENDPOINT_OUTPUT} is not a URL`);
  const reach = judgeUnsigned(await post({ url, headers: JSON_BODY, body: challengeOf('unsigned') }));
  if (reach.status !== 'ok') return [reach, notChecked('signing-secret', 'the endpoint could not be asked')];
  return [reach, await checkSecret(url, stack, scene)];
}

const neither = (because: string): readonly Finding[] => [
  notChecked('endpoint', because),
  notChecked('signing-secret', because),
];

const JSON_BODY = { 'content-type': 'application/json' };

/** https://docs.slack.dev/reference/events/url_verification */
const challengeOf = (challenge: string): string => JSON.stringify({ type: 'url_verification', challenge });

/** Nobody has signed it, so 401 is the good answer. Lambda itself says 403. */
function judgeUnsigned(reply: HttpReply): Finding {
  if (reply.status === 'unanswered') return notChecked('endpoint', 'the endpoint could not be reached from here');
  const { code } = reply;
  if (code === 401) return ok('endpoint', 'it can be reached, and refuses what Slack has not signed');
  if (code === 403)
    return fail(
      'endpoint',
      'Lambda lets nobody call it (403)',
      'the policy of the function needs lambda:InvokeFunctionUrl and lambda:InvokeFunction for everybody; look at it with "aws lambda get-policy --function-name NAME", and whether a policy of the organisation forbids it',
    );
  if (code === 200)
    return fail('endpoint', 'it answers what Slack has not signed', 'deploy the template.yaml of this version');
  return fail('endpoint', `it answers with ${code}`, 'look at the log of the function slack-endpoint');
}

async function checkSecret(url: URL, stack: Stack, scene: Scene): Promise<Finding> {
  const stored = await readSecret(stack, scene);
  if (stored.status === 'missing') {
    if (stored.reason !== 'not-found') return unread('signing-secret', stored);
    return fail(
      'signing-secret',
      stored.because,
      'store the Signing Secret that the app shows under Basic Information',
    );
  }
  const signed = signatureOf(stored.value, scene.now);
  if ('check' in signed) return signed;
  return judgeSigned(await post({ url, headers: { ...JSON_BODY, ...signed.headers }, body: signed.body }));
}

const CHALLENGE = 'slackwater-doctor';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack/ */
function signatureOf(
  stored: string,
  now: Instant,
): Finding | { readonly headers: Record<string, string>; body: string } {
  try {
    const [secret = ''] = parseSigningSecrets(stored);
    const body = challengeOf(CHALLENGE);
    const timestamp = String(Math.floor(now / 1_000));
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return { headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` }, body };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return fail('signing-secret', error.message, 'store the Signing Secret that the app shows under Basic Information');
  }
}

function judgeSigned(reply: HttpReply): Finding {
  if (reply.status === 'unanswered') return notChecked('signing-secret', 'the endpoint did not answer');
  if (reply.code === 200 && reply.text === CHALLENGE)
    return ok(
      'signing-secret',
      'the endpoint believes what is signed with it; that Slack signs with the same, Slack shows by verifying the URL',
    );
  if (reply.code === 401)
    return fail(
      'signing-secret',
      'the endpoint does not believe what is signed with it',
      'wait five minutes if it was stored just now; look whether the clock of this machine is right',
    );
  return fail(
    'signing-secret',
    `the endpoint answers what is signed with it with ${reply.code}`,
    'look at the log of the function slack-endpoint, which has to read the secret too',
  );
}

/** Read with the credentials of whoever runs this, and never shown. */
function readSecret({ parameters }: Stack, { clients }: Scene): Promise<Gathered<string>> {
  const { SlackSigningSecretParameter: parameter, SlackSigningSecretArn: arn } = parameters;
  if (arn) {
    return asked('secretsmanager:GetSecretValue', `there is no secret ${arn}`, async (abortSignal) => {
      const [client, { GetSecretValueCommand }] = await Promise.all([
        clients.secrets(),
        import('@aws-sdk/client-secrets-manager'),
      ]);
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }), { abortSignal });
      return found(SecretString);
    });
  }
  if (!parameter) return Promise.resolve(missing('not-applicable', 'the stack does not say where the secret is'));
  return asked('ssm:GetParameter', `there is no parameter ${parameter}`, async (abortSignal) => {
    const [client, { GetParameterCommand }] = await Promise.all([clients.ssm(), import('@aws-sdk/client-ssm')]);
    const command = new GetParameterCommand({ Name: parameter, WithDecryption: true });
    const { Parameter } = await client.send(command, { abortSignal });
    return found(Parameter?.Value ?? '');
  });
}
