/** Slack's phones and tablets turn straight quotation marks into these. */
const CURLY_DOUBLE = /[\u201c\u201d\u201e\u201f]/g;
const CURLY_SINGLE = /[\u2018\u2019]/g;

/** A word in quotation marks, or one without; an apostrophe within a word is part of it. */
const WORD = /"([^"]*)"|(?<=^|\s)'([^']*)'(?=\s|$)|(\S+)/g;

/**
 * The words of what was typed behind a command, in order. What stands in quotation marks is one word, however many
 * spaces it has; a mark that nobody closed is part of its word.
 */
export function wordsOf(text: string): readonly string[] {
  const straight = text.replace(CURLY_DOUBLE, '"').replace(CURLY_SINGLE, "'");
  return [...straight.matchAll(WORD)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');
}
