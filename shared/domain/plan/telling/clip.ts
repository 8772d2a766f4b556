/** Characters of one sentence of a summary; the whole is in the plan. */
const LIMIT = 300;

/** The text, cut visibly where it is too long for a summary. */
export function clip(text: string): string {
  const characters = Array.from(text);
  return characters.length <= LIMIT ? text : `${characters.slice(0, LIMIT - 1).join('')}…`;
}
