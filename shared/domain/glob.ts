/**
 * Whether the whole of `text` fits `pattern`, in which `*` stands for any characters, also none. Everything else is
 * itself, upper and lower case apart, as in the names of ECS. Linear, whatever the pattern.
 */
export function fits(text: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
