import type { CauseId } from './causes.ts';
import type { Confidence } from './diagnosis.ts';

interface ExitRule {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  readonly when: (code: number) => boolean;
  readonly because: string;
  readonly example: number;
}

/** A shell reports "ended by signal n" as 128 + n; 31 is the last of the standard signals. */
const FIRST_SIGNAL = 129;
const LAST_SIGNAL = 159;

/** What an exit code says when nothing else does. The first row that matches wins. */
export const EXIT_RULES: readonly ExitRule[] = [
  {
    cause: 'app/exited-zero',
    confidence: 'certain',
    when: (code) => code === 0,
    because: 'The container ended and reported success.',
    example: 0,
  },
  {
    cause: 'config/command-unusable',
    confidence: 'likely',
    when: (code) => code === 126 || code === 127,
    because: 'By convention of the shell: 126 is "found but not executable", 127 is "not found".',
    example: 127,
  },
  {
    cause: 'memory/sigkill-unexplained',
    confidence: 'unclear',
    when: (code) => code === 137,
    because: 'SIGKILL without words: memory or a stop that overran its timeout, and ECS does not say which.',
    example: 137,
  },
  {
    cause: 'app/crashed-by-signal',
    confidence: 'likely',
    when: (code) => code >= FIRST_SIGNAL && code <= LAST_SIGNAL,
    because: '128 + n means ended by signal n, by convention; a program may choose such a code itself.',
    example: 139,
  },
  {
    cause: 'app/exited-nonzero',
    confidence: 'certain',
    when: () => true,
    because: 'The container ended with a code of its own.',
    example: 1,
  },
];

export function exitRuleFor(code: number): ExitRule {
  // The last row matches every number.
  return EXIT_RULES.find((rule) => rule.when(code)) as ExitRule;
}

const SIGNAL_NAMES: Readonly<Record<number, string>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  131: 'SIGQUIT',
  132: 'SIGILL',
  133: 'SIGTRAP',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  141: 'SIGPIPE',
  143: 'SIGTERM',
};

/** `SIGSEGV` for 139. */
export const signalOf = (code: number): string | undefined => SIGNAL_NAMES[code];
