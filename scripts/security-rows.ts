import { isJsonArray, isJsonObject, type Json } from '../sandbox/eventbridge/json.ts';
import type { Template } from '../sandbox/eventbridge/template.ts';
import { field, listOf, textOf } from './policy-statements.ts';
import { conditionText, plainText } from './security-text.ts';

/** A statement as the template has it: with the names of parameters and resources, and the switches around it. */
export interface Row {
  readonly sid: string;
  readonly effect: string;
  /** The service that a role is for; empty where it is not a service. */
  readonly service: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `StringEquals aws:ResourceOrgID: OrganizationId` */
  readonly conditions: readonly string[];
  /** Conditions of the template that have to hold, such as `ReadsLogs`; `!HasSigningSecret` for one that must not. */
  readonly switches: readonly string[];
}

/** A role, or a policy of its own. */
export interface Holder {
  readonly logicalId: string;
  readonly type: string;
  readonly description: string;
  readonly switches: readonly string[];
  readonly rows: readonly Row[];
  /** Who may take the role; empty for policies. */
  readonly trusted: readonly Row[];
  /** Policies of the template that the role has as well. */
  readonly policies: readonly { readonly logicalId: string; readonly switches: readonly string[] }[];
}

/** Whatever grants something, in the order of the template. */
export const holdersOf = ({ Resources }: Template): readonly Holder[] =>
  Object.entries(Resources).flatMap(([logicalId, { Type: type, Condition, Properties = {} }]) => {
    if (!/^AWS::IAM::|::\w+Policy$/.test(type)) return [];
    const switches = Condition === undefined ? [] : [Condition];
    const inline = listOf(Properties['Policies']).map((policy) => field(policy, 'PolicyDocument'));
    const documents = [...inline, Properties['PolicyDocument'], busDocument(Properties['Statement'], Properties)];
    return {
      logicalId,
      type,
      description: textOf(Properties['Description']),
      switches,
      rows: documents.flatMap(rowsOf),
      trusted: rowsOf(Properties['AssumeRolePolicyDocument']),
      policies: unfold(Properties['ManagedPolicyArns']).map(({ value, switches: around }) => ({
        logicalId: textOf(field(value, 'Ref')),
        switches: around,
      })),
    };
  });

/** The policy of a bus is one statement, whose name stands beside it. */
const busDocument = (statement: Json | undefined, properties: { readonly [name: string]: Json }): Json =>
  isJsonObject(statement) ? { Statement: [{ Sid: properties['StatementId'] ?? '', ...statement }] } : {};

const rowsOf = (document: Json | undefined): readonly Row[] =>
  unfold(field(document, 'Statement')).map(({ value, switches }) => ({
    sid: textOf(field(value, 'Sid')),
    effect: textOf(field(value, 'Effect')),
    service: textOf(field(field(value, 'Principal'), 'Service')),
    actions: unfold(field(value, 'Action')).map((action) => textOf(action.value)),
    resources: unfold(field(value, 'Resource')).map((resource) => plainText(resource.value)),
    conditions: conditionText(field(value, 'Condition')),
    switches,
  }));

interface Unfolded {
  readonly value: Json;
  readonly switches: readonly string[];
}

/** A value or a list, with both branches of each `Fn::If` under their switch. */
function unfold(value: Json | undefined, switches: readonly string[] = []): readonly Unfolded[] {
  if (value === undefined) return [];
  if (isJsonArray(value)) return value.flatMap((element) => unfold(element, switches));
  const choice = field(value, 'Fn::If');
  if (choice === undefined) return field(value, 'Ref') === 'AWS::NoValue' ? [] : [{ value, switches }];
  const [condition, whenTrue, whenFalse] = listOf(choice);
  return [
    ...unfold(whenTrue, [...switches, textOf(condition)]),
    ...unfold(whenFalse, [...switches, `!${textOf(condition)}`]),
  ];
}
