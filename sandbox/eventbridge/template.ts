import { readFileSync } from 'node:fs';
import { evaluate, resolveObject, type Scope } from './intrinsics.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { parameterValues } from './parameters.ts';
import { TemplateError } from './template-error.ts';
import { parseTemplateYaml } from './template-yaml.ts';

/** A CloudFormation template in the JSON long form, as it was written: intrinsics are still in place. */
export interface Template {
  readonly Description?: string;
  readonly Metadata?: JsonObject;
  readonly Parameters?: Readonly<Record<string, JsonObject>>;
  readonly Mappings?: Readonly<Record<string, JsonObject>>;
  readonly Conditions?: JsonObject;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, JsonObject>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties?: JsonObject;
}

/** Where a stack would live. */
export interface Pseudo {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  readonly urlSuffix: string;
}

export interface ResourceId {
  readonly logicalId: string;
  readonly type: string;
}

/** Answers `!Ref` (attribute `Ref`) and `!GetAtt` of a resource. `undefined`: the resource has no such attribute. */
export type AttributeSource = (resource: ResourceId, attribute: string) => Json | undefined;

export interface ResolveOptions {
  /** Values that differ from the parameters' defaults. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly pseudo: Pseudo;
  readonly attributes: AttributeSource;
}

export interface ResolvedResource extends ResourceId {
  readonly properties: JsonObject;
}

/** What CloudFormation would create: no intrinsics, and only the resources whose condition holds. */
export interface ResolvedTemplate {
  readonly parameters: Readonly<Record<string, Json>>;
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly resources: Readonly<Record<string, ResolvedResource>>;
  readonly outputs: Readonly<Record<string, JsonObject>>;
  readonly attributes: AttributeSource;
}

/** Reads a YAML or JSON template from `path`. Throws for YAML that is malformed or repeats a key. */
export function loadTemplate(path: string): Template {
  const template = parseTemplateYaml(readFileSync(path, 'utf8'));
  if (!isJsonObject(template) || !isJsonObject(template['Resources'])) {
    throw new TemplateError(path, 'is not a CloudFormation template: it has no Resources');
  }
  // True as far as this reader goes; every section below Resources is checked where it is read.
  return template as unknown as Template;
}

/**
 * Evaluates conditions and intrinsics with the given parameters and attributes.
 * @throws TemplateError for an unknown name, a parameter outside its constraints or an unsupported function.
 */
export function resolveTemplate(template: Template, options: ResolveOptions): ResolvedTemplate {
  const parameters = parameterValues(template.Parameters ?? {}, options.parameters ?? {});
  const scope = scopeOf(template, parameters, options);
  const conditions = Object.keys(template.Conditions ?? {}).map(
    (name) => [name, scope.condition(name, 'Conditions')] as const,
  );
  const resources = Object.entries(template.Resources)
    .filter(([, resource]) => exists(resource.Condition, scope))
    .map(([logicalId, { Type: type, Properties = {} }]) => {
      const properties = resolveObject(Properties, scope, `Resources.${logicalId}.Properties`);
      return [logicalId, { logicalId, type, properties }] as const;
    });
  const outputs = Object.entries(template.Outputs ?? {})
    .filter(([, output]) => exists(output['Condition'], scope))
    .map(([name, output]) => [name, resolveObject(output, scope, `Outputs.${name}`)] as const);
  return {
    parameters,
    conditions: Object.fromEntries(conditions),
    resources: Object.fromEntries(resources),
    outputs: Object.fromEntries(outputs),
    attributes: options.attributes,
  };
}

export const resourcesOfType = (template: ResolvedTemplate, type: string): readonly ResolvedResource[] =>
  Object.values(template.resources).filter((resource) => resource.type === type);

const exists = (condition: Json | undefined, scope: Scope): boolean =>
  typeof condition !== 'string' || scope.condition(condition, 'Resources');

function scopeOf(template: Template, parameters: Readonly<Record<string, Json>>, options: ResolveOptions): Scope {
  const pseudo = pseudoParameters(options.pseudo);
  const attribute = (logicalId: string, name: string, path: string): Json => {
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new TemplateError(path, `there is no resource or parameter ${logicalId}`);
    return known(options.attributes({ logicalId, type: resource.Type }, name), `${logicalId}.${name}`, path);
  };
  const scope: Scope = {
    ref: (name, path) => {
      if (name === 'AWS::NoValue') return undefined;
      return pseudo[name] ?? parameters[name] ?? attribute(name, 'Ref', path);
    },
    attribute,
    condition: (name, path) =>
      evaluate(known(template.Conditions?.[name], `condition ${name}`, path), scope, `Conditions.${name}`),
    mapping: (map, first, second, path) => {
      const row = template.Mappings?.[map]?.[first];
      return known(isJsonObject(row) ? row[second] : undefined, `mapping ${map}.${first}.${second}`, path);
    },
  };
  return scope;
}

function known(value: Json | undefined, name: string, path: string): Json {
  if (value === undefined) throw new TemplateError(path, `there is no ${name}`);
  return value;
}

const pseudoParameters = (pseudo: Pseudo): Readonly<Record<string, string>> => ({
  'AWS::Partition': pseudo.partition,
  'AWS::Region': pseudo.region,
  'AWS::AccountId': pseudo.accountId,
  'AWS::StackName': pseudo.stackName,
  'AWS::URLSuffix': pseudo.urlSuffix,
  'AWS::StackId': `arn:${pseudo.partition}:cloudformation:${pseudo.region}:${pseudo.accountId}:stack/${pseudo.stackName}/0`,
});
