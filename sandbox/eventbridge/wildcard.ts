import { InvalidPatternError } from './invalid-pattern-error.ts';

/**
 * `*` stands for any text, also none; `\*` and `\\` are the characters themselves, and nothing else may be escaped.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching
 */
export function compileWildcard(wildcard: string, path: string): (text: string) => boolean {
  const [first = '', ...rest] = literalsOf(wildcard, path);
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let from = first.length;
    for (const literal of rest) {
      const at = text.indexOf(literal, from);
      if (at === -1) return false;
      from = at + literal.length;
    }
    return text.length - last.length >= from && text.endsWith(last);
  };
}

/** The texts between the stars. */
function literalsOf(wildcard: string, path: string): readonly string[] {
  if (!/^(?:[^\\]|\\[*\\])*$/su.test(wildcard)) {
    throw new InvalidPatternError(path, 'a backslash may only stand before * or another backslash');
  }
  const tokens = wildcard.match(/\\.|[^\\]/gsu) ?? [];
  const literals = [''];
  tokens.forEach((token, index) => {
    if (token !== '*') literals.push(`${literals.pop()}${token.replace(/^\\/, '')}`);
    else if (tokens[index - 1] === '*') throw new InvalidPatternError(path, 'two stars in a row are not allowed');
    else literals.push('');
  });
  return literals;
}
