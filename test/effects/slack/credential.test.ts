import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { fc } from '@fast-check/vitest';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/domain/instant.ts';
import { createCredentialReader } from '../../../shared/effects/slack/credential.ts';
import { parseSlackCredential } from '../../../shared/effects/slack/slack-credential.ts';
import { SEEN_AT } from '../../support/records.ts';
import { awsError } from '../failing.ts';

const ssmClient = new SSMClient({ region: 'eu-west-1' });
const secretsClient = new SecretsManagerClient({ region: 'eu-west-1' });
const ssm = mockClient(ssmClient);
const secrets = mockClient(secretsClient);
beforeEach(() => {
  ssm.reset();
  secrets.reset();
});

const clients = { ssm: async () => ssmClient, secrets: async () => secretsClient };
const parameter = '/slackwater/slack';
const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-AbCdEf';
const holding = (Value: string) => ({ Parameter: { Value } });
const token = (name: string) => ({ kind: 'bot-token', token: `xoxb-${name}` });

describe('a credential', () => {
  const url = 'https://hooks.slack.com/services/T0/B0/abc';

  it.each([
    ['a bot token', 'xoxb-1-abc', token('1-abc')],
    ['a bot token with a line break', ' xoxb-1-abc\n', token('1-abc')],
    ['a webhook URL', url, { kind: 'webhook', url }],
    ['a URL on loopback', 'http://127.0.0.1:8080/hook', { kind: 'webhook', url: 'http://127.0.0.1:8080/hook' }],
    ['a URL on localhost', 'http://localhost/hook', { kind: 'webhook', url: 'http://localhost/hook' }],
    ['JSON with a token', '{"token": "xoxb-1-abc"}', token('1-abc')],
    ['JSON with a webhook', JSON.stringify({ webhook: url }), { kind: 'webhook', url }],
  ])('is read from %s', (_what, value, expected) => {
    expect(parseSlackCredential(value, 'the parameter /x')).toEqual(expected);
  });

  it.each([
    ['a user token', 'xoxp-1-s3cr3t'],
    ['a URL without encryption', 'http://hooks.slack.com/s3cr3t'],
    ['a host that only looks like loopback', 'http://127.0.0.1.s3cr3t.example/'],
    ['broken JSON', '{"token": "xoxb-s3cr3t'],
    ['JSON of another shape', '{"password": "s3cr3t"}'],
    ['a JSON list', '["xoxb-s3cr3t"]'],
    ['a token with a line break inside', 'xoxb-s3cr3t\nx: y'],
    ['nothing', ''],
  ])('is not %s, and the error names the place but never the value', (_what, value) => {
    const read = () => parseSlackCredential(value, 'the parameter /x');
    expect(read).toThrow(expect.objectContaining({ code: 'credential-malformed', retryable: false }));
    expect(read).not.toThrow(expect.objectContaining({ cause: expect.anything() as unknown }));
    expect(read).toThrow(/^the parameter \/x holds neither/);
    expect(read).not.toThrow(/s3cr3t/);
  });

  it('is never part of an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.webUrl()), (value) => {
        expect(() => parseSlackCredential(`s3cr3t${value}`, 'the parameter /x')).toThrow(/^(?!.*s3cr3t)/);
      }),
    );
  });
});

const unwanted = () => Promise.reject(new Error('no client is needed'));

describe('reading the credential', () => {
  it('takes the parameter, decrypted', async () => {
    ssm.on(GetParameterCommand).resolves(holding('xoxb-1'));
    expect(await createCredentialReader({ ...clients, parameter, secretArn }).read(SEEN_AT)).toEqual(token('1'));
    expect(ssm.commandCalls(GetParameterCommand)[0]?.args[0].input).toEqual({ Name: parameter, WithDecryption: true });
    expect(secrets.calls()).toHaveLength(0);
  });

  it('takes the secret when there is no parameter', async () => {
    secrets.on(GetSecretValueCommand).resolves({ SecretString: '{"token":"xoxb-1"}' });
    expect(await createCredentialReader({ ...clients, secretArn }).read(SEEN_AT)).toEqual(token('1'));
    expect(secrets.commandCalls(GetSecretValueCommand)[0]?.args[0].input).toEqual({ SecretId: secretArn });
  });

  it('says none when neither is configured, without a client', async () => {
    const reader = createCredentialReader({ ssm: unwanted, secrets: unwanted });
    expect(await reader.read(SEEN_AT)).toEqual({ kind: 'none' });
  });

  it('asks again after five minutes, so that a rotated token is picked up', async () => {
    ssm.on(GetParameterCommand).resolvesOnce(holding('xoxb-old')).resolves(holding('xoxb-new'));
    const { read } = createCredentialReader({ ...clients, parameter });
    expect(await read(SEEN_AT)).toEqual(token('old'));
    expect(await read(SEEN_AT + minutes(5) - 1)).toEqual(token('old'));
    expect(await read(SEEN_AT + minutes(5))).toEqual(token('new'));
    expect(ssm.calls()).toHaveLength(2);
  });

  it('asks once for concurrent readers', async () => {
    ssm.on(GetParameterCommand).resolves(holding('xoxb-1'));
    const { read } = createCredentialReader({ ...clients, parameter });
    await Promise.all([read(SEEN_AT), read(SEEN_AT), read(SEEN_AT)]);
    expect(ssm.calls()).toHaveLength(1);
  });

  it('keeps the old one when a refresh fails, and tries again half a minute later', async () => {
    ssm
      .on(GetParameterCommand)
      .resolvesOnce(holding('xoxb-old'))
      .rejectsOnce(awsError('ThrottlingException'))
      .resolves(holding('xoxb-new'));
    const { read } = createCredentialReader({ ...clients, parameter });
    await read(SEEN_AT);
    const refresh = SEEN_AT + minutes(5);
    expect(await read(refresh)).toEqual(token('old'));
    expect(await read(refresh + seconds(29))).toEqual(token('old'));
    expect(ssm.calls()).toHaveLength(2);
    expect(await read(refresh + seconds(30))).toEqual(token('new'));
  });

  it.each([
    ['AccessDeniedException', false],
    ['ParameterNotFound', false],
    ['ThrottlingException', true],
  ])('that fails at first with %s throws, retryable: %s, and is tried anew', async (name, retryable) => {
    ssm.on(GetParameterCommand).rejectsOnce(awsError(name)).resolves(holding('xoxb-1'));
    const { read } = createCredentialReader({ ...clients, parameter });
    const message = `the parameter /slackwater/slack could not be read (${name})`;
    await expect(read(SEEN_AT)).rejects.toMatchObject({ code: 'credential-unreadable', retryable, message });
    expect(await read(SEEN_AT)).toEqual(token('1'));
  });
});
