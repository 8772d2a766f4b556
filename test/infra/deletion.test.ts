import { expect, it, test } from 'vitest';
import { loadTemplate } from '../../sandbox/eventbridge/template.ts';

const { Resources } = loadTemplate('template.yaml');

/** What becomes of a resource that holds something when its stack is deleted, and when an update replaces it. */
const POLICIES: Readonly<Record<string, readonly [deletion: string, replacement: string, because: string]>> = {
  'AWS::DynamoDB::Table': ['Retain', 'Retain', 'incidents, plans and the audit trail cannot be made again'],
  'AWS::SQS::Queue': ['Delete', 'Retain', 'nobody reads it without its stack; in an update what waits is still wanted'],
  'AWS::SNS::Topic': ['Delete', 'Delete', 'it holds nothing, and its subscriptions are made with it'],
  'AWS::Logs::LogGroup': ['Delete', 'Delete', 'its name is fixed, and would keep a new stack from being made'],
};

const stateful = Object.entries(Resources).filter(([, { Type }]) => Type in POLICIES);

test.each(stateful)('%s says what becomes of it', (_, { Type, DeletionPolicy, UpdateReplacePolicy }) => {
  const [deletion, replacement] = POLICIES[Type] ?? [];
  expect({ DeletionPolicy, UpdateReplacePolicy }).toEqual({
    DeletionPolicy: deletion,
    UpdateReplacePolicy: replacement,
  });
});

it('nothing else says anything, so that it goes with the stack', () => {
  const others = Object.entries(Resources).filter(([, { Type }]) => !(Type in POLICIES));
  const spoken = others.filter(([, resource]) => resource.DeletionPolicy ?? resource.UpdateReplacePolicy);
  expect(spoken.map(([name]) => name)).toEqual([]);
  expect(new Set(stateful.map(([, { Type }]) => Type))).toEqual(new Set(Object.keys(POLICIES)));
});
