import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../sandbox/eventbridge/json.ts';
import type { ResolvedResource, ResolvedTemplate } from '../sandbox/eventbridge/template.ts';

/** One statement of a policy document, with lists for what may be one text or several. */
export interface Statement {
  /** Empty where the template gives none. */
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: JsonObject;
}

/** Every statement of a resolved template by the logical id that holds it: of roles, policies, queues, topics and buses. */
export const statementsByResource = (template: ResolvedTemplate): readonly (readonly [string, Statement])[] =>
  Object.values(template.resources).flatMap((resource) =>
    documentsOf(resource).flatMap((document) =>
      [field(document, 'Statement') ?? []]
        .flat()
        .map((statement) => [resource.logicalId, statementOf(statement)] as const),
    ),
  );

/** A bus policy is a statement without a document around it. Who may assume a role is in no policy document. */
function documentsOf({ type, properties }: ResolvedResource): readonly Json[] {
  if (type === 'AWS::Events::EventBusPolicy') return [{ Statement: properties['Statement'] ?? [] }];
  const inline = listOf(properties['Policies']).map((policy) => field(policy, 'PolicyDocument') ?? {});
  return [...inline, properties['PolicyDocument'] ?? {}];
}

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

/** Empty for what is not a text, which no check takes for one. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const texts = (value: Json | undefined): readonly string[] => [value ?? []].flat().map(textOf);
