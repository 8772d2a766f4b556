import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import { type ResolvedResource, type ResolvedTemplate, resourcesOfType } from './template.ts';
import { TemplateError } from './template-error.ts';

export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  /** The resource of the same template with this ARN, when there is one. */
  readonly logicalId?: string;
  readonly type?: string;
  /** ARN of the queue for events that cannot be delivered to the target. */
  readonly deadLetterArn?: string;
}

export interface Rule {
  readonly logicalId: string;
  /** `Name` if the template gives one, else the logical id. */
  readonly name: string;
  readonly description?: string;
  readonly isEnabled: boolean;
  /** Name of the bus that it is on; absent: the default one. */
  readonly bus?: string;
  readonly pattern: JsonObject;
  readonly targets: readonly RuleTarget[];
}

/** The event rules of a template in the order they are written. Scheduled rules have no pattern and are left out. */
export function rulesOf(template: ResolvedTemplate): readonly Rule[] {
  const byArn = new Map(
    Object.values(template.resources).map((resource) => [arnOf(resource, template), resource] as const),
  );
  return resourcesOfType(template, 'AWS::Events::Rule').flatMap(({ logicalId, properties }) => {
    const {
      EventPattern: pattern,
      EventBusName: bus,
      Name: name,
      Description: description,
      State: state,
      Targets: targets,
    } = properties;
    if (!isJsonObject(pattern)) return [];
    return {
      logicalId,
      name: typeof name === 'string' ? name : logicalId,
      ...(typeof description === 'string' && { description }),
      isEnabled: state !== 'DISABLED',
      ...(typeof bus === 'string' && bus !== 'default' && { bus }),
      pattern,
      targets: isJsonArray(targets) ? targets.map((target) => targetOf(target, logicalId, byArn)) : [],
    };
  });
}

function targetOf(target: Json, rule: string, byArn: ReadonlyMap<unknown, ResolvedResource>): RuleTarget {
  const { Id: id, Arn: arn, DeadLetterConfig: deadLetter } = isJsonObject(target) ? target : {};
  if (typeof id !== 'string' || typeof arn !== 'string') {
    throw new TemplateError(`Resources.${rule}.Properties.Targets`, 'a target needs an Id and an Arn');
  }
  const resource = byArn.get(arn);
  const deadLetterArn = isJsonObject(deadLetter) ? deadLetter['Arn'] : undefined;
  return {
    id,
    arn,
    ...(resource && { logicalId: resource.logicalId, type: resource.type }),
    ...(typeof deadLetterArn === 'string' && { deadLetterArn }),
  };
}

/** A topic's ARN is its Ref; most others have an attribute for it. */
const arnOf = (resource: ResolvedResource, { attributes }: ResolvedTemplate): Json | undefined =>
  attributes(resource, 'Arn') ?? attributes(resource, 'Ref');
