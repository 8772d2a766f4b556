import type { Numbered } from './journal.ts';
import type { Place } from './sandbox.ts';

/** One line for the terminal, or none for what is only interesting on the page. */
export function lineOf(entry: Numbered): string | undefined {
  switch (entry.kind) {
    case 'event':
      return `\nevent     ${entry.title} -> ${entry.rules.join(', ') || 'no rule wants it'}`;
    case 'decision':
      return `decision  ${entry.decision} (${entry.reason}): ${entry.because}`;
    case 'slack':
      return `slack     ${entry.action}: ${entry.firstLine}`;
    case 'shown':
      return `slack     ${entry.what} for ${entry.person}: ${entry.firstLine}`;
    case 'slack-refusal':
      return `slack     refused ${entry.method}: ${entry.error}`;
    case 'invocation':
      return entry.failure === undefined ? undefined : `function  ${entry.function} failed: ${entry.failure}`;
    case 'dead-letter':
      return `function  ${entry.from} gave up: ${entry.because}`;
    case 'call':
      return entry.isWrite ? `aws       ${entry.words}` : undefined;
    case 'run':
      return undefined;
    case 'notification':
      return `sns       ${entry.subject}`;
    case 'remark':
      return `remark    ${entry.text}`;
  }
}

/** What runs where, one line each. */
export const placesText = (places: readonly Place[]): string =>
  places.map(({ name, where }) => `${name.padEnd(34)} ${where}`).join('\n');
