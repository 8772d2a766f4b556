import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { namedByLogicalId } from '../../../sandbox/eventbridge/attributes.ts';
import type { Json } from '../../../sandbox/eventbridge/json.ts';
import { rulesOf } from '../../../sandbox/eventbridge/rules.ts';
import { loadTemplate, type Pseudo, resolveTemplate } from '../../../sandbox/eventbridge/template.ts';
import { TemplateError } from '../../../sandbox/eventbridge/template-error.ts';

const AT: Pseudo = {
  partition: 'aws-cn',
  region: 'cn-north-1',
  accountId: '111122223333',
  stackName: 'harbour',
  urlSuffix: 'amazonaws.com.cn',
};

const YAML = `
Parameters:
  Size: { Type: Number, Default: 3, AllowedValues: [3, 30] }
  Colour: { Type: String, Default: '', AllowedPattern: '^$|^[a-z]+$' }
Mappings:
  Depth: { cn-north-1: { low: '2m' } }
Conditions:
  HasColour: !Not [!Equals [!Ref Colour, '']]
  IsLarge: !Equals [!Ref Size, '30']
  IsLargeAndColoured: !And [!Condition HasColour, !Condition IsLarge]
  IsEither: !Or [!Condition HasColour, !Condition IsLarge]
Resources:
  Inbox:
    Type: AWS::SQS::Queue
    Properties:
      Size: !Ref Size
      Url: !Ref Spare
      Joined: !Join ['-', [a, !Ref AWS::Region]]
      Second: !Select [1, !Split [',', 'x,y']]
      Mapped: !FindInMap [Depth, !Ref AWS::Region, low]
      Long: { 'Fn::GetAtt': [Spare, Arn] }
      Text: !Sub '\${AWS::StackName}/\${Spare.Arn}/\${!Kept}'
      Own: !Sub ['\${Name} of \${AWS::Partition}', { Name: !Ref Size }]
      Colour: !If [HasColour, !Ref Colour, !Ref AWS::NoValue]
      List: [one, !If [HasColour, two, !Ref AWS::NoValue]]
  Spare:
    Type: AWS::SQS::Queue
  Painted:
    Type: AWS::SNS::Topic
    Condition: IsLargeAndColoured
  Arrivals:
    Type: AWS::Events::Rule
    Properties:
      Description: Ships that came in.
      EventPattern: { source: [harbour] }
      Targets:
        - { Id: inbox, Arn: !GetAtt Inbox.Arn, DeadLetterConfig: { Arn: !GetAtt Spare.Arn } }
        - { Id: elsewhere, Arn: 'arn:aws-cn:sqs:cn-north-1:444455556666:other' }
  Tides:
    Type: AWS::Events::Rule
    Properties: { ScheduleExpression: rate(6 hours) }
Outputs:
  Colour: { Condition: HasColour, Value: !Ref Colour }
  Topic: { Value: !Ref Inbox }
`;

const folder = mkdtempSync(join(tmpdir(), 'template-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const path = join(folder, 'template.yaml');
  writeFileSync(path, text);
  return loadTemplate(path);
}

const resolve = (text: string, parameters: Readonly<Record<string, string>> = {}) =>
  resolveTemplate(load(text), { parameters, pseudo: AT, attributes: namedByLogicalId(AT) });

/** The property P of a template's only resource. */
const resolved = (property: string): Json | undefined =>
  resolve(`Resources: { Only: { Type: 'AWS::SNS::Topic', Properties: { P: ${property} } } }`).resources['Only']
    ?.properties['P'];

describe('a template', () => {
  it('is resolved as CloudFormation does', () => {
    expect(resolve(YAML).resources['Inbox']?.properties).toEqual({
      Size: 3,
      Url: 'https://sqs.cn-north-1.amazonaws.com.cn/111122223333/Spare',
      Joined: 'a-cn-north-1',
      Second: 'y',
      Mapped: '2m',
      Long: 'arn:aws-cn:sqs:cn-north-1:111122223333:Spare',
      Text: 'harbour/arn:aws-cn:sqs:cn-north-1:111122223333:Spare/${Kept}',
      Own: '3 of aws-cn',
      List: ['one'],
    });
  });

  it('has only what its conditions let exist', () => {
    const small = resolve(YAML, { Colour: 'blue' });
    expect(small.conditions).toEqual({ HasColour: true, IsLarge: false, IsLargeAndColoured: false, IsEither: true });
    expect(Object.keys(small.resources)).toEqual(['Inbox', 'Spare', 'Arrivals', 'Tides']);
    expect(small.resources['Inbox']?.properties).toMatchObject({ Colour: 'blue', List: ['one', 'two'] });
    expect(Object.keys(small.outputs)).toEqual(['Colour', 'Topic']);

    const large = resolve(YAML, { Colour: 'blue', Size: '30' });
    expect(Object.keys(large.resources)).toContain('Painted');
    expect(Object.keys(resolve(YAML).outputs)).toEqual(['Topic']);
  });

  it('shows its rules with their targets', () => {
    expect(rulesOf(resolve(YAML))).toEqual([
      {
        logicalId: 'Arrivals',
        name: 'Arrivals',
        description: 'Ships that came in.',
        isEnabled: true,
        pattern: { source: ['harbour'] },
        targets: [
          {
            id: 'inbox',
            arn: 'arn:aws-cn:sqs:cn-north-1:111122223333:Inbox',
            logicalId: 'Inbox',
            type: 'AWS::SQS::Queue',
            deadLetterArn: 'arn:aws-cn:sqs:cn-north-1:111122223333:Spare',
          },
          { id: 'elsewhere', arn: 'arn:aws-cn:sqs:cn-north-1:444455556666:other' },
        ],
      },
    ]);
  });

  test.each([
    ['a parameter that is not declared', () => resolve(YAML, { Colours: 'blue' }), /Parameters.Colours/],
    ['a value that is not allowed', () => resolve(YAML, { Size: '4' }), /Parameters.Size: must be one of/],
    ['a value of another form', () => resolve(YAML, { Colour: 'Blue' }), /Parameters.Colour: must match/],
    [
      'a parameter without a value',
      () => resolve('{ Parameters: { A: { Type: String } }, Resources: {} }'),
      /A: needs/,
    ],
    ['a resource that does not exist', () => resolved('!Ref Absent'), /there is no resource or parameter Absent/],
    ['an attribute that does not exist', () => resolved('!GetAtt Only.Colour'), /there is no Only.Colour/],
    ['a condition that does not exist', () => resolved('!If [Absent, 1, 2]'), /there is no condition Absent/],
    ['a mapping that does not exist', () => resolved('!FindInMap [A, B, C]'), /there is no mapping A.B.C/],
    ['an element that does not exist', () => resolved('!Select [2, [a, b]]'), /has no element 2/],
    ['a function it does not know', () => resolved('!ImportValue x'), /Fn::ImportValue is not supported/],
    ['a file without resources', () => load('Description: nothing'), /has no Resources/],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(TemplateError);
    expect(act).toThrow(message);
  });

  it('refuses a key that is repeated, which YAML would silently take the last of', () => {
    expect(() => load('Resources: {}\nResources: {}')).toThrow(/unique/i);
  });
});
