import type { Json } from '../../sandbox/eventbridge/json.ts';
import type { ResolvedResource, ResolvedTemplate } from '../../sandbox/eventbridge/template.ts';
import { field, listOf, type Statement, statementOf } from '../../scripts/policy-statements.ts';

export { field, listOf, type Statement, statementOf, textOf } from '../../scripts/policy-statements.ts';

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

function managedPolicy(arn: Json, template: ResolvedTemplate): Json | undefined {
  const isNamed = (resource: ResolvedResource) => template.attributes(resource, 'PolicyArn') === arn;
  const policy = Object.values(template.resources).find(isNamed);
  if (policy === undefined) throw new Error(`${JSON.stringify(arn)} is not in the template`);
  return policy.properties['PolicyDocument'];
}
