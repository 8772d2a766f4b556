import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { allOf, askInBatches } from '../../../shared/effects/situation/answers.ts';
import { pacedAsk } from '../../../shared/effects/situation/ask.ts';
import { awsError } from '../failing.ts';

const QUESTION = { action: 'ecs:ListTasks', notFound: 'it is gone' };
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('asking at a pace', () => {
  it('never has more questions open than it may, and answers all of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        async (fails, most) => {
          const ask = pacedAsk(new AbortController().signal, most);
          let open = 0;
          let seen = 0;
          const answers = await Promise.all(
            fails.map((isFailing) =>
              ask(QUESTION, async () => {
                open += 1;
                seen = Math.max(seen, open);
                await turn();
                open -= 1;
                if (isFailing) throw awsError('ThrottlingException');
                return found('yes');
              }),
            ),
          );
          expect(seen).toBe(Math.min(most, fails.length));
          expect(answers.map(({ status }) => status)).toEqual(
            fails.map((isFailing) => (isFailing ? 'missing' : 'found')),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('asks nothing any more after the deadline, and says so', async () => {
    const deadline = new AbortController();
    const ask = pacedAsk(deadline.signal, 1);
    deadline.abort();
    const answer = await ask(QUESTION, () => Promise.reject(new Error('was asked')));
    expect(answer).toEqual(missing('timeout', 'ecs:ListTasks did not answer in time'));
  });
});

describe('asking in batches', () => {
  const items = fc.array(fc.record({ key: fc.nat(30).map(String), group: fc.constantFrom('a', 'b') }));

  it('asks about everything once, in batches of one group that are no larger than they may be', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 5 }), async (list, size) => {
        const asked: { readonly group: string; readonly keys: readonly string[] }[] = [];
        const answers = await askInBatches(
          list,
          { keyOf: ({ key, group }) => `${group}${key}`, groupOf: ({ group }) => group, size },
          async (batch, group) => {
            asked.push({ group, keys: batch.map(({ key }) => `${group}${key}`) });
            expect(batch.every((item) => item.group === group)).toBe(true);
            return found(new Map(batch.map(({ key }) => [`${group}${key}`, found(key)])));
          },
        );
        const keys = list.map(({ key, group }) => `${group}${key}`);
        expect(asked.flatMap((one) => one.keys).sort()).toEqual([...new Set(keys)].sort());
        expect(asked.every((one) => one.keys.length > 0 && one.keys.length <= size)).toBe(true);
        for (const { key, group } of list) expect(answers(`${group}${key}`)).toEqual(found(key));
      }),
    );
  });

  it('lets a batch that failed speak for itself alone', async () => {
    const answers = await askInBatches(['a', 'b', 'c'], { keyOf: (key) => key, size: 2 }, async ([first]) =>
      first === 'a' ? missing('throttled', 'too much') : found(new Map([['c', found(1)]])),
    );
    expect(['a', 'b', 'c'].map((key) => answers(key).status)).toEqual(['missing', 'missing', 'found']);
  });

  it('has no answer about what AWS left out, nor about what was not asked', async () => {
    const answers = await askInBatches(['a'], { keyOf: (key) => key, size: 2 }, async () =>
      found(new Map<string, never>()),
    );
    for (const key of ['a', 'other']) expect(answers(key)).toMatchObject({ status: 'missing', reason: 'not-found' });
  });
});

it('all of several answers are the first that is missing, or all', () => {
  expect(allOf([found(1), found(2)])).toEqual(found([1, 2]));
  expect(allOf([found(1), missing('denied', 'no'), missing('timeout', 'late')])).toEqual(missing('denied', 'no'));
  expect(allOf([])).toEqual(found([]));
});
