import { isJsonArray, isJsonObject, type Json } from '../sandbox/eventbridge/json.ts';
import { field, listOf, textOf } from './policy-statements.ts';

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': 'ACCOUNT',
  'AWS::Partition': 'PARTITION',
  'AWS::Region': 'REGION',
  'AWS::StackName': 'STACK',
  'AWS::URLSuffix': 'SUFFIX',
};

/** A text with the names of what is filled in when the stack is deployed: `arn:PARTITION:ecs:REGION:ACCOUNT:task/*`. */
export function plainText(value: Json | undefined): string {
  if (typeof value !== 'object') return String(value);
  const choice = field(value, 'Fn::If');
  if (choice !== undefined) return plainText(listOf(choice)[1]);
  const reference = field(value, 'Ref');
  if (reference !== undefined) return nameOf(textOf(reference));
  const attribute = field(value, 'Fn::GetAtt');
  if (attribute !== undefined) return nameOf(textOf(listOf(attribute)[0]));
  return textOf(field(value, 'Fn::Sub')).replaceAll(/\$\{([\w:]+)(?:\.\w+)?\}/g, (_, name: string) => nameOf(name));
}

const nameOf = (name: string): string => PSEUDO[name] ?? name;

/** One text for each key of a condition, in the words of IAM. */
export const conditionText = (condition: Json | undefined): readonly string[] =>
  isJsonObject(condition)
    ? Object.entries(condition).flatMap(([operator, keys]) =>
        Object.entries(isJsonObject(keys) ? keys : {}).map(
          ([key, value]) => `${operator} ${key}: ${(isJsonArray(value) ? value : [value]).map(plainText).join(', ')}`,
        ),
      )
    : [];

/** What switches a condition of the templates on, in the words of their parameters. */
const SWITCHES: Readonly<Record<string, string>> = {
  ChecksDeeply: '`DeepChecks=yes`',
  HasCredentialKey: '`SlackCredentialKeyArn`',
  HasEndpoint: '`SlackEndpointBy`',
  HasFurtherTopics: '`FurtherTopicArns`',
  HasKey: '`KeyArn`',
  HasMembers: '`OrganizationId`',
  HasRoles: 'in `RoleRegion`',
  HasSigningSecret: '`SlackSigningSecretArn`',
  HasVpc: '`VpcSubnetIds`',
  LooksUpActors: '`LookUpActors=yes`',
  MayRedeploy: '`Redeployments=yes`',
  MayRedeployMembers: '`OrganizationId`, `Redeployments=yes`',
  MayRelaunch: '`RelaunchTasks=yes`',
  ReadsLogs: '`ReadContainerLogs=yes`',
  Sends: 'outside the hub',
  Traces: '`Tracing=yes`',
  UsesSecret: '`SlackCredentialSecretArn`',
  UsesSlack: '`SlackChannel`',
  Watches: '`Watchdogs=yes`',
};

/** `always`, or what has to be set. Throws for a condition that has no words yet. */
export function switchText(switches: readonly string[]): string {
  const words = switches.map((name) => {
    const text = SWITCHES[name.replace('!', '')];
    if (text === undefined) throw new Error(`scripts/security-text.ts has no words for the condition ${name}`);
    return name.startsWith('!') ? `no ${text}` : text;
  });
  return words.length === 0 ? 'always' : [...new Set(words)].join(', ');
}
