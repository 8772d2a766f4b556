import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from './command.ts';
import { aBroker, OUT_OF_MEMORY } from './dlq-broker.ts';
import { aLiveAccount } from './live-account.ts';
import { aLiveTable } from './live-table.ts';

const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');

/** Every line of the page's shell blocks. */
const commands = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) => block.trim().split('\n'));

/** `echo 'TEXT' | npx slackwater ARGS`, or `npx slackwater ARGS < FILE`, each part but the middle optional. */
const FORM = /^(?:echo '(?<text>[^']*)' \| )?npx slackwater (?<args>[^<|>]+?)(?: < (?<file>\S+))?$/;

const { calls } = aLiveAccount(['ecs/task-stopped-out-of-memory.json', 'ecs/task-stopped-image-not-found.json']);
const table = aLiveTable();
const { queues } = aBroker();
beforeEach(() => queues().undelivered.send(OUT_OF_MEMORY));

/** The stack that the page names. Nothing listens at its endpoint, which is on loopback. */
const cloudFormation = mockClient(CloudFormationClient);
beforeEach(() => {
  const outputs = {
    TableName: table(),
    UndeliveredUrl: queues().undelivered.url,
    SlackEndpointUrl: 'https://127.0.0.1:9/',
  };
  cloudFormation.reset();
  cloudFormation.on(DescribeStacksCommand, { StackName: 'slackwater' }).resolves({
    Stacks: [
      {
        StackName: 'slackwater',
        StackStatus: 'UPDATE_COMPLETE',
        CreationTime: new Date(0),
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      },
    ],
  });
});

/** Where commands write what the page calls by a name alone. */
const files = mkdtempSync(join(tmpdir(), 'slackwater-documented-'));
afterAll(() => rmSync(files, { recursive: true }));

/** What the page names, as it is here. */
function standIn(word: string): string {
  if (word === 'slackwater-records') return table();
  if (word === 'slackwater-2026-11-30.jsonl') return join(files, word);
  if (word.endsWith('/slackwater-Undelivered')) return queues().undelivered.url;
  return word.endsWith('/slackwater-EcsEventsQueue') ? queues().events.url : word;
}

/** As a shell takes them. */
const wordsIn = (args: string): readonly string[] =>
  [...args.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word);

const VERBS = [
  'ack',
  'approve',
  'audit',
  'config',
  'diagnose',
  'dlq',
  'doctor',
  'explain',
  'export',
  'freeze',
  'incidents',
  'mute',
  'plan',
  'redeploy',
  'reject',
  'replay',
  'slack',
  'unfold',
  'unfreeze',
  'unmute',
  'windows',
];

describe('docs/command-line.md', () => {
  it('shows every command', () => {
    expect(new Set(commands.map((command) => /npx slackwater (\w+)/.exec(command)?.[1]))).toEqual(new Set(VERBS));
  });

  it.each(commands)('%s', async (command) => {
    const { text, args = '', file } = FORM.exec(command)?.groups ?? {};
    const stdin = file === undefined ? (text ?? '') : readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    const words = wordsIn(args).map(standIn);
    const { out, err, code } = await run(words, { stdin, environment: process.env });
    expect(err).toBe('');
    expect(out).not.toBe('');
    expect([0, 1]).toContain(code);
  });

  // After the commands above have run.
  afterAll(() => {
    expect(calls().length).toBeGreaterThan(10);
    expect(calls().filter((action) => !page.includes(`\`${action}\``))).toEqual([]);
  });
});

describe('--help', () => {
  it.each(VERBS)('tells the options and exit codes of %s, as the page does', async (verb) => {
    const { out, code } = await run([verb, '--help']);
    expect(out).toContain(`slackwater ${verb} `);
    expect(out).toMatch(/\nExit codes\n {2}0 {2}\S.*\n {2}1 {2}\S.*\n {2}2 {2}\S.*$/);
    const section = page.split('\n## ').find((text) => text.startsWith(`${verb}\n`)) ?? '';
    const options = [...out.matchAll(/^ {2}(-\w|--[a-z-]+)/gm)].map(([, option = '']) => option);
    expect(options.filter((option) => !section.includes(option))).toEqual([]);
    expect(code).toBe(0);
  });
});
