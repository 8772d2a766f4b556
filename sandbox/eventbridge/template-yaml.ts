import { type CollectionTag, Pair, parse, Scalar, type ScalarTag, YAMLMap } from 'yaml';
import type { Json } from './json.ts';

/** Short form by long form; https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!Condition': 'Condition',
  '!And': 'Fn::And',
  '!Base64': 'Fn::Base64',
  '!Cidr': 'Fn::Cidr',
  '!Equals': 'Fn::Equals',
  '!FindInMap': 'Fn::FindInMap',
  '!GetAtt': 'Fn::GetAtt',
  '!GetAZs': 'Fn::GetAZs',
  '!If': 'Fn::If',
  '!ImportValue': 'Fn::ImportValue',
  '!Join': 'Fn::Join',
  '!Not': 'Fn::Not',
  '!Or': 'Fn::Or',
  '!Select': 'Fn::Select',
  '!Split': 'Fn::Split',
  '!Sub': 'Fn::Sub',
};

/** Parses CloudFormation YAML (or JSON) to the JSON long form: `!GetAtt A.Arn` becomes `{"Fn::GetAtt": ["A", "Arn"]}`. */
export function parseTemplateYaml(text: string): Json {
  const customTags = Object.entries(SHORT_FORMS).flatMap(([short, long]) => tagsFor(short, long));
  return parse(text, { customTags, strict: true, uniqueKeys: true });
}

function tagsFor(tag: string, long: string): readonly (ScalarTag | CollectionTag)[] {
  const wrap = (node: unknown) => {
    const map = new YAMLMap();
    map.add(new Pair(new Scalar(long), node));
    return map;
  };
  return [
    { tag, resolve: (text) => ({ [long]: long === 'Fn::GetAtt' ? splitAttribute(text) : text }) },
    { tag, collection: 'seq', resolve: wrap },
    { tag, collection: 'map', resolve: wrap },
  ];
}

/** Logical ids have no dots, attributes may: `Stack.Outputs.Name`. */
function splitAttribute(text: string): readonly string[] {
  const [logicalId = '', ...attribute] = text.split('.');
  return [logicalId, attribute.join('.')];
}
