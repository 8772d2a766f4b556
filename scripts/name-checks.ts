/** Names, ARNs and URLs where each belongs. `Ref` gives now one and now the other, and CloudFormation sees texts. */
import { isJsonArray, isJsonObject, type Json } from '../sandbox/eventbridge/json.ts';
import type { ResolvedTemplate } from '../sandbox/eventbridge/template.ts';

/** A place in a resource's properties, `Target.RoleArn` or `Targets[0].Arn`, and the text that is there. */
type Texts = readonly (readonly [path: string, text: string])[];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const checkArns = (template: ResolvedTemplate): readonly string[] =>
  textsOf(template)
    .filter(([path, text]) => wantsArn(path) && !isArn(text))
    .map(([path, text]) => `${path}: "${text}" is not an ARN`);

/** Not the operator Null, whose keys are names of keys. */
const wantsArn = (path: string): boolean =>
  /(?:Arns?|\.Role|\.Destination|Actions|\.Resource)(?:\[\d+\])?$/.test(path) && !path.includes('.Null.');

/** A star where any resource will do. */
const isArn = (text: string): boolean => text.startsWith('arn:') || text === '*';

/** Where an ARN or a URL deploys, and then watches or names nothing. */
export const checkNames = (template: ResolvedTemplate): readonly string[] =>
  textsOf(template)
    .filter(([path, text]) => wantsName(path) && /^arn:|^https?:/.test(text))
    .map(([path, text]) => `${path}: "${text}" is not a name`);

const wantsName = (path: string): boolean =>
  /(?:\.Dimensions\[\d+\]\.Value|\.LogGroup|Name)$/.test(path) && !path.endsWith('.FunctionName');

/** A queue's policy is attached by the queue's URL. */
export const checkQueueUrls = (template: ResolvedTemplate): readonly string[] =>
  textsOf(template)
    .filter(([path, text]) => /\.Queues\[\d+\]$/.test(path) && !text.startsWith('https:'))
    .map(([path, text]) => `${path}: "${text}" is not the URL of a queue`);

function textsOf(template: ResolvedTemplate): Texts {
  const walk = (value: Json, path: string): Texts => {
    if (isJsonArray(value)) return value.flatMap((element, index) => walk(element, `${path}[${index}]`));
    if (isJsonObject(value)) return Object.entries(value).flatMap(([key, child]) => walk(child, `${path}.${key}`));
    return [[path, String(value)]];
  };
  return Object.values(template.resources).flatMap(({ logicalId, properties }) => walk(properties, logicalId));
}
