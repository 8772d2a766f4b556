/** One program with its words, as a shell would start it. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** The file of `< FILE`. */
  readonly from?: string;
  /** The text of `echo TEXT |` before it. */
  readonly piped?: string;
}

/** The lines of a block, each with its offset from the first; those that end in a backslash or within quotes are joined. */
export function shellLines(block: string): readonly { readonly text: string; readonly offset: number }[] {
  const lines: { text: string; offset: number }[] = [];
  let open: { text: string; offset: number } | undefined;
  for (const [offset, raw] of block.split('\n').entries()) {
    const isContinued = raw.endsWith('\\');
    const text = isContinued ? raw.slice(0, -1) : raw;
    open = open === undefined ? { text, offset } : { ...open, text: `${open.text} ${text.trim()}` };
    if (isContinued || isWithinQuotes(open.text)) continue;
    lines.push(open);
    open = undefined;
  }
  return [...lines, ...(open === undefined ? [] : [open])]
    .map(({ text, offset }) => ({ text: text.trim(), offset }))
    .filter(({ text }) => text !== '');
}

/** A comment may have an apostrophe. */
const isWithinQuotes = (line: string): boolean =>
  /['"]/.test(line.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"|\\.|(?:^|\s)#.*$/g, ''));

type Token = { readonly kind: 'word' | 'operator'; readonly text: string };

/** Quoted parts stand for themselves; a `#` at the beginning of a word ends the line. */
function tokensIn(line: string): readonly Token[] {
  const tokens: Token[] = [];
  const PART = /\s*(?:(#.*)|(&&|\|\||[|;<>]+)|((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"|;<>&\\]|&(?!&))+))/gy;
  for (const [, comment, operator, word = ''] of line.matchAll(PART)) {
    if (comment !== undefined) break;
    tokens.push(operator === undefined ? { kind: 'word', text: unquoted(word) } : { kind: 'operator', text: operator });
  }
  return tokens;
}

const unquoted = (word: string): string =>
  word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single, double, escaped) =>
    String(single ?? double?.replaceAll(/\\(.)/g, '$1') ?? escaped),
  );

/** Every program of a line: of `a && b | c < file` three. Redirections of output are passed over. */
export function commandsIn(line: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let from: string | undefined;
  let piped: string | undefined;
  let redirects: '<' | '>' | undefined;
  const end = (operator: string): void => {
    const isEcho = words[0] === 'echo' && operator === '|';
    const said = words.slice(1).join(' ');
    if (words.length > 0 && !isEcho) {
      commands.push({ words, ...(from !== undefined && { from }), ...(piped !== undefined && { piped }) });
    }
    [words, from, piped] = [[], undefined, isEcho ? said : undefined];
  };
  for (const { kind, text } of tokensIn(line)) {
    if (kind === 'operator' && /^[<>]/.test(text)) redirects = text.startsWith('<') ? '<' : '>';
    else if (kind === 'operator') end(text);
    else if (redirects === undefined) words.push(text);
    else {
      if (redirects === '<') from = text;
      redirects = undefined;
    }
  }
  end('');
  return commands;
}
