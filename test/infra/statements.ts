import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../sandbox/eventbridge/json.ts';
import type { ResolvedResource, ResolvedTemplate } from '../../sandbox/eventbridge/template.ts';

export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: JsonObject;
}

/** What a role may do: its own policies and the template's managed policies that it names. */
export function statementsOf(role: string, template: ResolvedTemplate): readonly Statement[] {
  const properties = template.resources[role]?.properties ?? {};
  const inline = listOf(properties['Policies']).map((policy) => field(policy, 'PolicyDocument'));
  const managed = listOf(properties['ManagedPolicyArns']).map((arn) => managedPolicy(arn, template));
  return [...inline, ...managed].flatMap((document) => listOf(field(document, 'Statement')).map(statementOf));
}

/** Logical ids of the roles. */
export const rolesOf = (template: ResolvedTemplate): readonly string[] =>
  Object.values(template.resources).flatMap(({ type, logicalId }) => (type === 'AWS::IAM::Role' ? [logicalId] : []));

export const actionsOf = (statements: readonly Statement[]): readonly string[] =>
  [...new Set(statements.flatMap(({ actions }) => actions))].sort();

export function statementOf(statement: Json): Statement {
  const condition = field(statement, 'Condition');
  return {
    sid: textOf(field(statement, 'Sid')),
    effect: textOf(field(statement, 'Effect')),
    actions: texts(field(statement, 'Action')),
    resources: texts(field(statement, 'Resource')),
    ...(isJsonObject(condition) && { condition }),
  };
}

export const field = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) ? value[name] : undefined;

export const listOf = (value: Json | undefined): readonly Json[] => (isJsonArray(value) ? value : []);

function managedPolicy(arn: Json, template: ResolvedTemplate): Json | undefined {
  const isNamed = (resource: ResolvedResource) => template.attributes(resource, 'PolicyArn') === arn;
  const policy = Object.values(template.resources).find(isNamed);
  if (policy === undefined) throw new Error(`${JSON.stringify(arn)} is not in the template`);
  return policy.properties['PolicyDocument'];
}

/** Empty for what is not a text, which no assertion takes for one. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const texts = (value: Json | undefined): readonly string[] => [value ?? []].flat().map(textOf);
