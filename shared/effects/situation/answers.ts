import { found, type Gathered, missing } from '../../domain/facts.ts';

/** What was answered about each of the things that were asked about, by its key. */
export type Answers<Value> = (key: string) => Gathered<Value>;

interface Batching<Item> {
  readonly keyOf: (item: Item) => string;
  /** Only things of the same group may be asked about together. */
  readonly groupOf?: (item: Item) => string;
  /** The most that one request takes. */
  readonly size: number;
}

/** One request for many things, each of them once. A request that fails is the answer for all that it asked about. */
export async function askInBatches<Item, Value>(
  items: readonly Item[],
  { keyOf, groupOf = () => '', size }: Batching<Item>,
  ask: (batch: readonly Item[], group: string) => Promise<Gathered<ReadonlyMap<string, Gathered<Value>>>>,
): Promise<Answers<Value>> {
  const groups = Map.groupBy(distinct(items, keyOf), groupOf);
  const batches = [...groups].flatMap(([group, all]) => chunks(all, size).map((batch) => ({ group, batch })));
  const answers = await Promise.all(
    batches.map(async ({ group, batch }) => {
      const answer = await ask(batch, group);
      return batch.map((item) => {
        const key = keyOf(item);
        return [key, answer.status === 'missing' ? answer : (answer.value.get(key) ?? UNANSWERED)] as const;
      });
    }),
  );
  return answersOf(answers.flat());
}

/** One request for each thing, each of them once. */
export async function askForEach<Item, Value>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  ask: (item: Item) => Promise<Gathered<Value>>,
): Promise<Answers<Value>> {
  const asked = distinct(items, keyOf).map(async (item) => [keyOf(item), await ask(item)] as const);
  return answersOf(await Promise.all(asked));
}

const UNANSWERED = missing('not-found', 'AWS does not know it');

function answersOf<Value>(answers: readonly (readonly [string, Gathered<Value>])[]): Answers<Value> {
  const byKey = new Map(answers);
  return (key) => byKey.get(key) ?? UNANSWERED;
}

const distinct = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];

export const chunks = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Those that were found. */
export const knownOf = <Value>(answers: readonly Gathered<Value>[]): readonly Value[] =>
  answers.flatMap((answer) => (answer.status === 'found' ? [answer.value] : []));

/** All of them, or the first that is missing. */
export function allOf<Value>(answers: readonly Gathered<Value>[]): Gathered<readonly Value[]> {
  const unread = answers.find((answer) => answer.status === 'missing');
  return unread?.status === 'missing' ? unread : found(knownOf(answers));
}
