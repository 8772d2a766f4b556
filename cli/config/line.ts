import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

/**
 * The line on which a document says what a path names (`routes[0].when.clusters`), from 1; of what it does not say, that
 * of what it should stand in. Absent where that is the whole document.
 */
export function lineOf(path: string, document: Document, lines: LineCounter): number | undefined {
  let at: number | undefined;
  let node: Node | null | undefined = document.contents;
  for (const step of stepsOf(path)) {
    const next = within(isAlias(node) ? node.resolve(document) : node, step);
    if (next === undefined) break;
    at = next.at ?? at;
    node = next.node;
  }
  return at === undefined ? undefined : lines.linePos(at).line;
}

/** Of `a.b[0]["c d"]`: a, b, 0 and c d. */
const stepsOf = (path: string): readonly string[] =>
  [...path.matchAll(/\["((?:\\.|[^"\\])*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name = '']) => quoted ?? index ?? name,
  );

interface Found {
  readonly at: number | undefined;
  readonly node: Node | null;
}

/** What a map has under a key, and a list at an index; `at` counts characters. */
function within(node: Node | null | undefined, step: string): Found | undefined {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    return pair && { at: pair.key.range?.[0], node: pair.value };
  }
  const entry = isSeq<Node>(node) ? node.items[Number(step)] : undefined;
  return entry && { at: entry.range?.[0], node: entry };
}
