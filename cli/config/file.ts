import { LineCounter, parseDocument } from 'yaml';
import { type ConfigurationProblem, defaultPolicy, type Policy } from '../../shared/domain/policy.ts';
import { redact } from '../../shared/domain/redact.ts';
import { parsePolicy } from '../../shared/parse/configuration.ts';
import { oneLine } from '../../shared/render/escape.ts';
import { readInput, type Terminal } from '../terminal.ts';
import { lineOf } from './line.ts';

/** A configuration document in a file, or everything that is wrong with it, in lines for people. */
export type DocumentFile =
  | { readonly status: 'valid'; readonly name: string; readonly document: unknown }
  | { readonly status: 'invalid'; readonly problems: readonly string[] };

/**
 * Reads YAML, of which JSON is a part; `-` is standard input. Throws a UsageError for a file that cannot be read.
 * `check` finds what is wrong with the document, which is a configuration unless somebody says otherwise.
 */
export async function readDocument(file: string, { stdin }: Terminal, check = problemsOf): Promise<DocumentFile> {
  const { name, text } = await readInput(file, stdin);
  const { document, problems } = documentIn(text, check);
  if (problems.length === 0) return { status: 'valid', name, document };
  return { status: 'invalid', problems: problems.map((problem) => `${name}:${problem}`) };
}

export const problemText = ({ path, expected }: ConfigurationProblem): string => `${path}: expected ${expected}`;

/** Only whether a document is valid is asked here, and no default changes that. */
const DEFAULTS = defaultPolicy({ destinations: [], lowestSeverity: 'low' });

export function problemsOf(document: unknown): readonly ConfigurationProblem[] {
  const parsed = parsePolicy(document, DEFAULTS);
  return parsed.status === 'valid' ? [] : parsed.problems;
}

interface Checked {
  readonly document?: unknown;
  /** Each follows the file's name and a colon, so that editors and terminals can jump to it: `3: routes: expected a list`. */
  readonly problems: readonly string[];
}

function documentIn(text: string, check: typeof problemsOf): Checked {
  const lineCounter = new LineCounter();
  const yaml = parseDocument(text, { lineCounter, prettyErrors: false });
  if (yaml.errors.length > 0) {
    const problems = yaml.errors.map(({ code, message, pos: [at] }) => {
      const { line, col } = lineCounter.linePos(at);
      const words = code === 'MULTIPLE_DOCS' ? 'a second document begins here' : oneLine(redact(message));
      return `${line}:${col}: expected YAML or JSON: ${words}`;
    });
    return { problems };
  }
  try {
    const document: unknown = yaml.toJS();
    const problems = check(document).map((problem) => {
      const line = lineOf(problem.path, yaml, lineCounter);
      return `${line === undefined ? '' : `${line}:`} ${problemText(problem)}`;
    });
    return { document, problems };
  } catch {
    // An alias that means nothing, or so many that they would fill the memory.
    return { problems: [' document: expected aliases that can be resolved'] };
  }
}

/** What a document says that {@link readDocument} has found valid; what it does not say is as Slackwater's own defaults. */
export function policyIn(document: unknown): Policy {
  const parsed = parsePolicy(document, DEFAULTS);
  return parsed.status === 'valid' ? parsed.policy : DEFAULTS;
}
