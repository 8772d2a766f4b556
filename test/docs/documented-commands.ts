import { codeInProse, fencesIn, type Page } from './markdown.ts';
import { commandsIn, type ShellCommand, shellLines } from './shell-line.ts';

/** A command that a page tells people to type. */
export interface DocumentedCommand extends ShellCommand {
  /** `docs/windows.md:12`. */
  readonly at: string;
  /** As it is written. */
  readonly line: string;
  /** It stands in a block to copy from, so it is complete; in a sentence it may be the name of a command alone. */
  readonly isWhole: boolean;
}

const SHELLS = ['sh', 'bash', 'shell', 'console'];

/** What a command in a sentence begins with; other code in sentences is names, keys and values. */
const PROGRAMS = /^(?:npx|npm|aws|sam|git|terraform|slackwater|node) [^ ]/;

export const documentedCommands = (page: Page): readonly DocumentedCommand[] => [
  ...fencesIn(page)
    .filter(({ language }) => SHELLS.includes(language))
    .flatMap(({ language, text, line }) =>
      shellLines(language === 'console' ? typedIn(text) : text).flatMap((written) =>
        asDocumented(written.text, `${page.path}:${line + written.offset}`, true),
      ),
    ),
  ...codeInProse(page)
    .filter(({ text }) => PROGRAMS.test(text))
    .flatMap(({ text, line }) => asDocumented(text, `${page.path}:${line}`, false)),
];

/** Of a block that shows a terminal, the lines after a prompt; the rest was printed. */
const typedIn = (block: string): string =>
  block
    .split('\n')
    .map((line) => (line.startsWith('$ ') ? line.slice(2) : ''))
    .join('\n');

const asDocumented = (line: string, at: string, isWhole: boolean): readonly DocumentedCommand[] =>
  commandsIn(line).map((command) => ({ ...command, at, line, isWhole }));
