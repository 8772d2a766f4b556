/** A table in Markdown; numbers belong to the right, so all columns but the first do. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/**
 * The document with `content` between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`, and all else as it was.
 * @throws when the markers are not there.
 */
export function withSection(document: string, name: string, content: string): string {
  const [from, to] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [start, end] = [document.indexOf(from), document.indexOf(to)];
  if (start === -1 || end < start) throw new Error(`the document has no place for ${name}: ${from} … ${to}`);
  return `${document.slice(0, start + from.length)}\n\n${content.trim()}\n\n${document.slice(end)}`;
}
