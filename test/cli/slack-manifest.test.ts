import { readFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Ajv } from 'ajv';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { awsError } from '../effects/failing.ts';
import { run } from './command.ts';
import { MANIFEST_SCHEMA } from './slack-manifest-schema.ts';

const cloudFormation = mockClient(CloudFormationClient);
beforeEach(() => cloudFormation.reset());

const URL = 'https://k3jq5.lambda-url.eu-west-1.on.aws/';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_REGION: 'eu-west-1' };

const slackwater = (...args: readonly string[]) => run(['slack', 'manifest', ...args], { environment: KEYS });

async function manifestOf(...args: readonly string[]) {
  const { out, err, code } = await slackwater(...args);
  expect([err, code]).toEqual(['', 0]);
  // True because the test below holds every manifest against Slack's schema.
  return parse(out) as Record<string, Record<string, unknown>> & {
    readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  };
}

const fits = new Ajv({ allErrors: true }).compile(MANIFEST_SCHEMA);

describe('slackwater slack manifest', () => {
  it.each([
    ['an app that only tells', []],
    ['an app with buttons and a command', ['--url', URL]],
    ['an app with everything', ['--url', URL, '--groups', '--public', '--name', 'Harbour watch', '--command', '/ecs']],
  ])('prints what Slack takes for %s, in YAML and in JSON', async (_, args) => {
    const yaml = await manifestOf(...args);
    expect([fits(yaml), fits.errors]).toEqual([true, null]);
    const json = await slackwater(...args, '--json');
    expect(JSON.parse(json.out)).toEqual(yaml);
  });

  it('prints the app that infra/slack-app.yaml has, unless it is told where Slackwater listens', async () => {
    const file = readFileSync(new globalThis.URL('../../infra/slack-app.yaml', import.meta.url), 'utf8');
    expect(await manifestOf()).toEqual(parse(file));
  });

  it('sends clicks, commands and the opened home to the endpoint', async () => {
    const { features, settings } = await manifestOf('--url', URL, '--command', '/ecs', '--name', 'Harbour');
    expect(features).toMatchObject({
      app_home: { home_tab_enabled: true },
      bot_user: { display_name: 'Harbour' },
      slash_commands: [{ command: '/ecs', url: URL }],
    });
    expect(settings).toMatchObject({
      event_subscriptions: { request_url: URL, bot_events: ['app_home_opened'] },
      interactivity: { is_enabled: true, request_url: URL },
    });
  });

  it.each([
    ['to tell', [], ['chat:write']],
    ['to be clicked and asked', ['--url', URL], ['chat:write', 'commands', 'users:read']],
    ['for rights of groups', ['--url', URL, '--groups'], ['chat:write', 'commands', 'users:read', 'usergroups:read']],
    ['to post uninvited', ['--public'], ['chat:write', 'chat:write.public']],
  ])('asks for the scopes that it takes %s, and no other', async (_, args, scopes) => {
    const {
      oauth_config: { scopes: asked },
    } = await manifestOf(...args);
    expect(asked).toEqual({ bot: scopes });
  });

  it('takes the URL from the stack', async () => {
    const Outputs = [{ OutputKey: 'SlackEndpointUrl', OutputValue: URL }];
    cloudFormation.on(DescribeStacksCommand, { StackName: 'tides' }).resolves({
      Stacks: [{ StackName: 'tides', CreationTime: new Date(0), StackStatus: 'CREATE_COMPLETE', Outputs }],
    });
    expect(await manifestOf('--stack', 'tides')).toEqual(await manifestOf('--url', URL));
  });

  it('says that the stack does not listen to Slack', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [{ StackName: 'tides', CreationTime: new Date(0), StackStatus: 'CREATE_COMPLETE' }],
    });
    const { out, err, code } = await slackwater('--stack', 'tides');
    expect([out, code]).toEqual(['', 2]);
    expect(err).toContain('stack tides has no output SlackEndpointUrl');
  });

  it.each([
    ['is not there', 'ValidationError', 'there is no stack tides in this account and Region'],
    ['may not be read', 'AccessDenied', 'cloudformation:DescribeStacks is not allowed for these credentials'],
  ])('says that the stack %s', async (_, name, problem) => {
    cloudFormation.on(DescribeStacksCommand).rejects(awsError(name));
    const { err, code } = await slackwater('--stack', 'tides');
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });

  it.each([
    ['another word', ['slack', 'app'], 'give the word manifest'],
    ['both places', ['slack', 'manifest', '--url', URL, '--stack', 'tides'], 'give --url or --stack, not both'],
    ['a Region of nothing', ['slack', 'manifest', '--region', 'eu-west-1'], '--region goes with --stack'],
    ['a URL in the clear', ['slack', 'manifest', '--url', 'http://harbor.example/'], '--url takes the https:// URL'],
    ['a URL with a password', ['slack', 'manifest', '--url', 'https://a:b@harbor.example/'], '--url takes the https'],
    ['no URL', ['slack', 'manifest', '--url', 'harbor'], '--url takes the https:// URL'],
    ['a URL too long for Slack', ['slack', 'manifest', '--url', `${URL}${'x'.repeat(3_000)}`], '--url takes the https'],
    ['a command without its slash', ['slack', 'manifest', '--command', 'ecs'], '--command takes a slash'],
    ['a command too long', ['slack', 'manifest', '--command', `/${'x'.repeat(32)}`], '--command takes a slash'],
    ['a name too long for Slack', ['slack', 'manifest', '--name', 'x'.repeat(36)], '--name takes up to 35 letters'],
    ['an empty name', ['slack', 'manifest', '--name', ' '], '--name takes up to 35 letters'],
    ['a name with a bell', ['slack', 'manifest', '--name', 'Tides\u{1F514}'], '--name takes up to 35 letters'],
  ])('answers 2 for %s', async (_, args, problem) => {
    const { out, err, code } = await run(args, { environment: KEYS });
    expect(err).toContain(problem);
    expect([out, code]).toEqual(['', 2]);
  });
});
