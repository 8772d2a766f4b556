import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parseTemplateYaml } from '../../sandbox/eventbridge/template-yaml.ts';
import { packagedTemplate } from '../../scripts/package-template.ts';
import { field } from '../infra/statements.ts';

const source = readFileSync('template.yaml', 'utf8');
const keys = Object.fromEntries(
  [...source.matchAll(/Code: dist\/functions\/(\S+)/g)].map(([, name = '']) => [name, `${name}.zip`]),
);
const parameters = Object.keys(field(parseTemplateYaml(packagedTemplate(source, keys)), 'Parameters') ?? {});

const read = (path: string): string => readFileSync(path, 'utf8');

/** Names of the parameters that a file gives, by the way in which it does. */
const givenIn = (text: string, form: RegExp): readonly string[] =>
  [...text.matchAll(form)].map(([, name = '']) => name);

describe('the example files', () => {
  test.each([
    ['infra/parameters.example.json', /"ParameterKey": "(\w+)"/g],
    ['infra/samconfig.example.toml', /^ {2}"(\w+)=/gm],
    ['infra/terraform.example.tf', /^ {4}([A-Z]\w+) += /gm],
    ['docs/install.md', /ParameterKey=(\w+),/g],
    ['docs/upgrade.md', /ParameterKey=(\w+),/g],
  ])('%s gives parameters that there are, and the one without a default', (path, form) => {
    const given = givenIn(read(path), form);
    expect(given.filter((name) => !parameters.includes(name))).toEqual([]);
    expect(given).toContain('CodeBucket');
  });
});

it('the deployer may make everything that the templates have', () => {
  const types = new Set(
    ['template.yaml', 'infra/member.yaml'].flatMap((path) => givenIn(read(path), /Type: AWS::(\w+)::\w+$/gm)),
  );
  const rows = read('docs/install.md').split('## What the deployer may do')[1] ?? '';
  const called: Readonly<Record<string, string>> = {
    ApiGatewayV2: 'API Gateway',
    CloudWatch: 'CloudWatch',
    DynamoDB: 'DynamoDB',
    Events: 'EventBridge',
    IAM: 'IAM',
    Lambda: 'Lambda',
    Logs: 'CloudWatch Logs',
    SNS: 'SNS',
    SQS: 'SQS',
    Scheduler: 'EventBridge Scheduler',
  };
  expect([...types].filter((service) => !rows.includes(`| ${called[service] ?? service} |`))).toEqual([]);
});
