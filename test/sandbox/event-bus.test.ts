import { describe, expect, it } from 'vitest';
import { createEventBus } from '../../sandbox/event-bus.ts';
import type { Rule } from '../../sandbox/eventbridge/rules.ts';
import { createJournal } from '../../sandbox/journal.ts';

const aRule = (name: string, source: string, ...arns: readonly string[]): Rule => ({
  logicalId: name,
  name,
  isEnabled: true,
  pattern: { source: [source] },
  targets: arns.map((arn) => ({ id: arn, arn })),
});

function aBus(rules: readonly Rule[]) {
  const delivered: [string, unknown][] = [];
  const into = (name: string) => async (event: unknown) => {
    delivered.push([name, event]);
  };
  const journal = createJournal();
  const bus = createEventBus(
    rules,
    new Map([
      ['queue', into('queue')],
      ['function', into('function')],
    ]),
    journal,
  );
  return { bus, delivered, journal };
}

const event = { id: 'e1', source: 'aws.ecs', 'detail-type': 'ECS Task State Change', resources: ['arn:x:task/c/1'] };

describe('the bus', () => {
  it('delivers to every target of every rule that matches and names those rules', async () => {
    const { bus, delivered } = aBus([
      aRule('Tasks', 'aws.ecs', 'queue', 'function'),
      aRule('Health', 'aws.health', 'queue'),
    ]);
    expect(await bus.putEvent(event)).toEqual(['Tasks']);
    expect(delivered).toEqual([
      ['queue', event],
      ['function', event],
    ]);
  });

  it('says in the journal when no rule wants an event', async () => {
    const { bus, delivered, journal } = aBus([aRule('Health', 'aws.health', 'queue')]);
    expect(await bus.putEvent(event)).toEqual([]);
    expect(delivered).toEqual([]);
    const entry = { kind: 'event', eventId: 'e1', title: 'ECS Task State Change: task/c/1', rules: [] };
    expect(journal.entries()).toMatchObject([entry]);
  });

  it('leaves a disabled rule out', async () => {
    const { bus } = aBus([{ ...aRule('Tasks', 'aws.ecs', 'queue'), isEnabled: false }]);
    expect(await bus.putEvent(event)).toEqual([]);
  });

  it('refuses at once a target that does not run', () => {
    expect(() => aBus([aRule('Tasks', 'aws.ecs', 'elsewhere')])).toThrow('the rule Tasks has a target');
  });
});
