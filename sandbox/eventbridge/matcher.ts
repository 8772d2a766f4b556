import type { Json } from './json.ts';
import { areCompatible, type Elements, joined, type Leaf, leavesOf, NO_ELEMENTS } from './leaves.ts';
import { type Condition, parsePattern } from './pattern.ts';

export { InvalidPatternError } from './invalid-pattern-error.ts';

type Leaves = ReadonlyMap<string, readonly Leaf[]>;

/**
 * An EventBridge event pattern as a predicate on whole events, with the answers of AWS's own engine. Its surprises:
 *
 * - `exists` sees leaves only: an object, an empty array and an empty object are absent.
 * - `anything-but` needs the field to be present.
 * - In an array one element is enough: `anything-but` holds as soon as any element differs.
 * - Conditions below an array of objects hold in one and the same element. `exists: false` is judged in the element
 *   that the conditions sorted before it have chosen, so its answer changes with its neighbours; avoid it there.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 *
 * @throws InvalidPatternError with the path of what EventBridge refuses.
 */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  const branches = parsePattern(pattern);
  return (event) => {
    // True because every event is JSON: from a file, from the network, or written in a test.
    const leaves = leavesOf(event as Json);
    return branches.some((branch) => hold(branch, leaves, NO_ELEMENTS));
  };
}

/** Whether the conditions can all be met by leaves that fit together; `elements` are the array elements chosen so far. */
function hold(conditions: readonly Condition[], leaves: Leaves, elements: Elements): boolean {
  const [condition, ...rest] = conditions;
  if (condition === undefined) return true;
  const present = (leaves.get(condition.path) ?? []).filter((leaf) => areCompatible(leaf.elements, elements));
  if (present.length === 0) return condition.acceptsAbsence && hold(rest, leaves, elements);
  return present.some((leaf) => condition.accepts(leaf.value) && hold(rest, leaves, joined(elements, leaf.elements)));
}
