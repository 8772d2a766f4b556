import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parseTemplateYaml } from '../../sandbox/eventbridge/template-yaml.ts';
import { packagedTemplate, tableTemplate } from '../../scripts/package-template.ts';

const source = readFileSync('template.yaml', 'utf8');
const names = [...source.matchAll(/Code: dist\/functions\/(\S+)/g)].map(([, name = '']) => name);
const keys = Object.fromEntries(names.map((name) => [name, `9.9.9/functions/${name}.0123456789abcdef.zip`]));
const packaged = packagedTemplate(source, keys);

/** Plain data, so that parts of it can be taken away. */
const dataOf = (template: string) =>
  // True of a template: it was checked by everything that loads it.
  JSON.parse(JSON.stringify(parseTemplateYaml(template))) as {
    Metadata: { 'AWS::CloudFormation::Interface': { ParameterGroups: unknown[]; ParameterLabels: object } };
    Parameters: Record<string, unknown>;
    Resources: Record<string, { Type: string; Properties?: { Code?: unknown } }>;
  };

describe('the template of a package', () => {
  it('differs from the source in where the code is, and in nothing else', () => {
    const [before, after] = [dataOf(source), dataOf(packaged)];
    const metadata = after.Metadata['AWS::CloudFormation::Interface'];
    expect(metadata.ParameterGroups.shift()).toEqual({
      Label: { default: 'Code' },
      Parameters: ['CodeBucket', 'CodePrefix'],
    });
    const isOfCode = ([name]: readonly [string, unknown]) => name === 'CodeBucket' || name === 'CodePrefix';
    const without = (some: object) => Object.fromEntries(Object.entries(some).filter((entry) => !isOfCode(entry)));
    metadata.ParameterLabels = without(metadata.ParameterLabels);
    expect(Object.keys(after.Parameters).slice(0, 2)).toEqual(['CodeBucket', 'CodePrefix']);
    after.Parameters = without(after.Parameters);
    for (const { Resources } of [before, after])
      for (const { Type, Properties } of Object.values(Resources))
        if (Type === 'AWS::Lambda::Function') delete Properties?.Code;
    expect(after).toEqual(before);
  });

  it('names a zip for every function, below a prefix that stays the same from version to version', () => {
    const codes = Object.values(dataOf(packaged).Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' ? [Properties?.Code] : [],
    );
    expect(codes).toEqual(
      names.map((name) => ({
        S3Bucket: { Ref: 'CodeBucket' },
        S3Key: { 'Fn::Sub': `\${CodePrefix}/9.9.9/functions/${name}.0123456789abcdef.zip` },
      })),
    );
    expect(dataOf(packaged).Parameters['CodePrefix']).toMatchObject({ Default: 'slackwater' });
    expect(dataOf(packaged).Parameters['CodeBucket']).not.toHaveProperty('Default');
  });

  it('keeps every comment', () => {
    const comments = (template: string) => template.split('\n').filter((line) => /^\s*#/.test(line));
    expect(comments(packaged)).toEqual(comments(source));
    expect(comments(packaged).length).toBeGreaterThan(10);
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  it('is too large for a request, and far from what S3 may hold', () => {
    expect(Buffer.byteLength(packaged)).toBeGreaterThan(51_200);
    expect(Buffer.byteLength(packaged)).toBeLessThan(500_000);
  });

  test.each([
    ['a function without a zip', source, {}, /ecs-events, of which there is no zip/],
    ['code that is named in another way', `${source}\n    Code: { Folder: dist/functions/x }`, keys, /local code/],
    [
      'no parameters',
      source.replace('\nParameters:\n', '\nParameter:\n'),
      keys,
      /"Parameters:" 0 times instead of once/,
    ],
  ])('is not made of %s', (_, template, given, problem) => {
    expect(() => packagedTemplate(template, given)).toThrow(problem);
  });
});

describe('the template of the table alone', () => {
  it('has the table and the parameters of the whole, and a deletion policy, which an import asks for', () => {
    const [whole, alone] = [dataOf(packaged), dataOf(tableTemplate(packaged))];
    const { Table } = whole.Resources;
    expect(alone).toEqual({ ...whole, Resources: { Table }, Outputs: undefined });
    expect(Table).toMatchObject({ DeletionPolicy: 'Retain' });
  });
});
