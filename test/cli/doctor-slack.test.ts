import { describe, expect, it } from 'vitest';
import { SECRET } from '../functions/slack-endpoint/from-slack.ts';
import { anInstallation } from './an-installation.ts';
import { type Case, itFinds } from './doctor-findings.ts';
import { A_DOCUMENT, aService, TOKEN } from './installation-state.ts';

const installation = anInstallation();
const { state, asked, doctor } = installation;

const group = { ...A_DOCUMENT, chat: { rights: [{ may: ['approve'], who: ['S0HARBOR'] }] } };

const CASES: readonly Case[] = [
  [
    'a group that has rights and cannot be asked for',
    'slack-scopes',
    (given) => (given.document = group),
    'fail',
    'missing: usergroups:read (knows who is in the user groups',
  ],
  [
    'a token that was revoked',
    'slack-token',
    (given) => (given.slack.answers['auth.test'] = { ok: false, error: 'token_revoked' }),
    'fail',
    'Slack does not take it: token_revoked',
  ],
  [
    'an answer that repeats what it was asked',
    'slack-token',
    (given) => (given.slack.answers['auth.test'] = { ok: false, error: `no ${TOKEN}` }),
    'fail',
    'unknown_error',
  ],
  [
    'a token that was not stored',
    'slack-token',
    (given) => (given.secrets = {}),
    'fail',
    'the parameter /slackwater/slack could not be read (ParameterNotFound)',
  ],
  [
    'something else in its place',
    'slack-token',
    (given) => (given.secrets['/slackwater/slack'] = 'hello'),
    'fail',
    'holds neither a bot token',
  ],
  [
    'a token that may not be read',
    'slack-token',
    (given) => (given.refusals = { 'ssm:GetParameter': 'AccessDeniedException' }),
    'not-checked',
    '/slackwater/slack could not be read',
  ],
  [
    'a webhook',
    'slack-token',
    (given) => (given.secrets['/slackwater/slack'] = 'https://hooks.slack.example/T/B/x'),
    'warn',
    'an incoming webhook',
  ],
  [
    'no Slack at all',
    'slack-token',
    (given) => (given.parameters['SlackChannel'] = ''),
    'not-checked',
    'the stack leaves Slack out',
  ],
  [
    'a document that wants Slack all the same',
    'slack-token',
    (given) => {
      given.parameters['SlackChannel'] = '';
      given.document = { ...A_DOCUMENT, defaults: { to: [{ slack: 'C0OPS' }] } };
    },
    'fail',
    'the document routes to Slack, and the stack has no credential',
  ],
  [
    'a scope that is missing',
    'slack-scopes',
    (given) => (given.slack.scopes = 'chat:write'),
    'fail',
    'missing: commands (has a slash command), users:read',
  ],
  [
    'an app that only tells',
    'slack-scopes',
    (given) => {
      given.slack.scopes = 'chat:write';
      delete given.outputs['SlackEndpointUrl'];
    },
    'ok',
    'chat:write',
  ],
  [
    'a scope too many',
    'slack-scopes',
    (given) => (given.slack.scopes += ',channels:history'),
    'warn',
    'more than it needs: channels:history',
  ],
  [
    'a Slack that does not say',
    'slack-scopes',
    (given) => (given.slack.scopes = undefined),
    'not-checked',
    'Slack did not say',
  ],
  [
    'a channel that the app is not in',
    'slack-channels',
    (given) => (given.slack.answers['conversations.info'] = { ok: true, channel: { is_member: false } }),
    'fail',
    'the app is not in C0OPS',
  ],
  [
    'a public one, where it may post all the same',
    'slack-channels',
    (given) => {
      given.slack.scopes += ',chat:write.public';
      given.slack.answers['conversations.info'] = { ok: true, channel: { is_member: false, is_private: false } };
    },
    'ok',
    'C0OPS',
  ],
  [
    'an archived channel',
    'slack-channels',
    (given) =>
      (given.slack.answers['conversations.info'] = { ok: true, channel: { is_member: true, is_archived: true } }),
    'fail',
    'C0OPS is archived',
  ],
  [
    'a channel that is not there',
    'slack-channels',
    (given) => (given.slack.answers['conversations.info'] = { ok: false, error: 'channel_not_found' }),
    'fail',
    'Slack knows no channel C0OPS',
  ],
  [
    'the channel of a tag',
    'slack-channels',
    (given) => (given.services = [aService('checkout', { tags: [{ key: 'slackwater:channel', value: 'C0TEAM' }] })]),
    'ok',
    '2 channels: C0OPS, C0TEAM',
  ],
  [
    'channels that may not be read',
    'slack-channels',
    (given) => (given.slack.answers['conversations.info'] = { ok: false, error: 'missing_scope' }),
    'not-checked',
    'channels:read',
  ],
  [
    'a function that nobody may call',
    'endpoint',
    (given) => (given.endpoint = (response) => response.writeHead(403).end('{"Message":"Forbidden"}')),
    'fail',
    'Lambda lets nobody call it (403)',
  ],
  [
    'an endpoint that believes everybody',
    'endpoint',
    (given) => (given.endpoint = (response) => response.writeHead(200).end('unsigned')),
    'fail',
    'answers what Slack has not signed',
  ],
  [
    'an endpoint that fails',
    'endpoint',
    (given) => (given.endpoint = (response) => response.writeHead(502).end()),
    'fail',
    'it answers with 502',
  ],
  [
    'an endpoint that cannot be reached',
    'endpoint',
    (given) => (given.endpoint = (response) => response.destroy()),
    'not-checked',
    'could not be reached',
  ],
  [
    'another secret than the one that is stored',
    'signing-secret',
    (given) => (given.secrets['/slackwater/signing'] = 'f'.repeat(32)),
    'fail',
    'does not believe what is signed with it',
  ],
  [
    'a secret that was not stored',
    'signing-secret',
    (given) => delete given.secrets['/slackwater/signing'],
    'fail',
    'there is no parameter /slackwater/signing',
  ],
  [
    'a secret that is none',
    'signing-secret',
    (given) => (given.secrets['/slackwater/signing'] = 'short'),
    'fail',
    'neither one secret nor two',
  ],
  [
    'a secret that is rotated',
    'signing-secret',
    (given) => (given.secrets['/slackwater/signing'] = `${SECRET}\n${'f'.repeat(32)}`),
    'ok',
    'the endpoint believes',
  ],
];

describe('what slackwater doctor finds about Slack', () => {
  itFinds(CASES, installation);

  it('asks Slack about forty channels, and names the rest', async () => {
    const to = Array.from({ length: 45 }, (_, index) => ({ slack: `C0${100 + index}` }));
    state().document = { ...A_DOCUMENT, defaults: { to } };
    const { findings } = await doctor();
    expect(asked()).toHaveLength(41);
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'slack-channels',
        status: 'not-checked',
        seen: 'only 40 channels are asked about at once: C0140, C0141, C0142, C0143, C0144',
      }),
    );
  });
});
