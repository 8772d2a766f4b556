import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../sandbox/eventbridge/json.ts';
import { loadTemplate } from '../../sandbox/eventbridge/template.ts';
import { endpointTable } from '../../scripts/security-endpoints.ts';
import { holdersOf } from '../../scripts/security-rows.ts';
import { SENTENCES } from '../../scripts/security-sentences.ts';
import { SECURITY_PAGE, withTables } from '../../scripts/security-tables.ts';
import { conditionText, plainText, switchText } from '../../scripts/security-text.ts';

const hub = loadTemplate('template.yaml');
const member = loadTemplate('infra/member.yaml');
const holders = [hub, member].flatMap(holdersOf);
const page = readFileSync(SECURITY_PAGE, 'utf8');

describe('docs/security.md', () => {
  it('has the tables of the templates as they are: npm run security-tables', () => {
    expect(withTables(page)).toBe(page);
  });

  it('cannot lose a table silently', () => {
    expect(() => withTables(page.replace('<!-- End of member. -->\n', ''))).toThrow(/marks around the table member/);
  });

  it('shows everything that grants something, with all its statements', () => {
    const granting = [hub, member].flatMap(({ Resources }) =>
      Object.entries(Resources).flatMap(([logicalId, { Type }]) => (/Role$|Policy$/.test(Type) ? [logicalId] : [])),
    );
    expect(holders.map(({ logicalId }) => logicalId)).toEqual(granting);
    // Read in another way: by the text of the templates.
    const written = ['template.yaml', 'infra/member.yaml'].flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/^ +(?:- )*(?:Sid|StatementId): (\w+)$/gm),
    ]);
    const shown = holders.flatMap(({ rows, trusted }) => [...rows, ...trusted]).map(({ sid }) => sid);
    expect(shown.filter((sid) => sid !== '').sort()).toEqual(written.map(([, sid = '']) => sid).sort());
  });

  it('has a sentence for every statement and no other', () => {
    const used = holders.flatMap(({ rows, trusted }) => [...rows, ...trusted]).map(({ sid }) => sid);
    expect([...new Set(used)].filter((sid) => sid !== '').sort()).toEqual(Object.keys(SENTENCES).sort());
  });

  it('names only policies that the page has', () => {
    const links = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor);
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  });
});

describe('a row', () => {
  const statement = (value: JsonObject) => {
    const Properties = { PolicyDocument: { Statement: [value] } };
    const [policy] = holdersOf({ Resources: { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties } } });
    return policy?.rows;
  };
  const plain = { Sid: 'Records', Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'Topic' } };

  it('stands under every switch around it', () => {
    const nested = {
      'Fn::If': ['MayRedeploy', { 'Fn::If': ['MayRelaunch', plain, { Ref: 'AWS::NoValue' }] }, { Ref: 'AWS::NoValue' }],
    };
    expect(statement(nested)).toMatchObject([{ sid: 'Records', switches: ['MayRedeploy', 'MayRelaunch'] }]);
  });

  it('is there for both branches of a choice', () => {
    const other = { ...plain, Sid: 'Due' };
    expect(statement({ 'Fn::If': ['UsesSecret', plain, other] })).toMatchObject([
      { sid: 'Records', switches: ['UsesSecret'] },
      { sid: 'Due', switches: ['!UsesSecret'] },
    ]);
    expect(switchText(['UsesSlack', '!UsesSecret'])).toBe('`SlackChannel`, no `SlackCredentialSecretArn`');
    expect(switchText([])).toBe('always');
    expect(() => switchText(['NewSwitch'])).toThrow(/no words for the condition NewSwitch/);
  });

  it('has the names of what is filled in', () => {
    const arn = { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task/${Table.Arn}' };
    expect(plainText(arn)).toBe('arn:PARTITION:ecs:REGION:ACCOUNT:task/Table');
    expect(plainText({ 'Fn::GetAtt': ['Table', 'Arn'] })).toBe('Table');
    expect(
      conditionText({ ArnEquals: { 'aws:SourceArn': [{ 'Fn::GetAtt': ['Hooks', 'Arn'] }, { Ref: 'X' }] } }),
    ).toEqual(['ArnEquals aws:SourceArn: Hooks, X']);
  });
});

describe('the endpoints of a VPC', () => {
  const table = endpointTable(hub);

  it('are listed for every function, for what it calls itself', () => {
    const functions = Object.entries(hub.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
    for (const [logicalId] of functions)
      expect(table).toMatch(new RegExp(`\\| \`${logicalId}\` \\| [^|]*\`dynamodb\``));
    expect(table).not.toMatch(/`(sqs|kms|xray|iam)`/);
  });

  it('are fewer for a function that does less', () => {
    const [line = ''] = table.split('\n').filter((text) => text.includes('`SlackEndpoint`'));
    expect(line.split('|')[2]?.trim()).toBe('`dynamodb`, `lambda`');
  });
});
