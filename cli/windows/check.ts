import { days, minutes } from '../../shared/domain/instant.ts';
import { audiencesOf } from '../../shared/domain/windows/audience.ts';
import { type CoverageWarning, coverageOf } from '../../shared/domain/windows/coverage.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import { lengthText } from '../../shared/domain/windows/rule-text.ts';
import type { Terminal } from '../terminal.ts';
import { countIn, durationIn, type Given, instantIn } from './given.ts';
import { selectText, spanText, utcText } from './text.ts';

/** AWS's own value where nobody has set the account setting. */
const WAIT_DAYS = 7;
const EXPECTED = minutes(10);

/** Whether the windows leave time for every retirement of the next 400 days. Answers 1 for a warning. */
export async function checkWindows(maintenance: Maintenance, given: Given, terminal: Terminal): Promise<number> {
  const from = given.from === undefined ? terminal.clock() : instantIn(given.from, '--from');
  const terms = {
    wait: days(given['wait-days'] === undefined ? WAIT_DAYS : countIn(given['wait-days'], '--wait-days', 14)),
    expected: given.expected === undefined ? EXPECTED : durationIn(given.expected, '--expected'),
    hasEventWindows: given['event-windows'] ?? false,
  };
  const audiences = audiencesOf(maintenance.windows, maintenance.freezes);
  const told = audiences.map((audience) => {
    const warnings = coverageOf(audience, terms, from).map(warningText);
    const names = audience.windows.map(({ name }) => name).join(', ');
    const lines = warnings.length > 0 ? warnings.map((warning) => `  ${warning}`) : ['  no warnings'];
    return { warnings, text: [`${names} for ${selectText(audience.select)}`, ...lines].join('\n') };
  });
  terminal.out(told.map(({ text }) => text).join('\n\n') || 'there is no window');
  return told.some(({ warnings }) => warnings.length > 0) ? 1 : 0;
}

/** A sentence about the windows of one audience. */
export function warningText(warning: CoverageWarning): string {
  switch (warning.kind) {
    case 'no-wait':
      return 'error: AWS waits for no day before it retires, so no window can come first; set fargateTaskRetirementWaitPeriod to 7 or 14, or enable fargateEventWindows';
    case 'never-opens':
      return warning.until === undefined
        ? `${warning.window} never opens within four years`
        : `${warning.window} does not open before ${utcText(warning.until)}`;
    case 'always-frozen':
      return `every opening of ${warning.windows.join(', ')} is frozen, by ${warning.freezes.join(', ')}`;
    case 'short':
      return `an opening is ${lengthText(warning.length)} long, and should be ${lengthText(warning.wanted)}: ${spanText(warning.opening)}`;
    case 'no-start':
      return `no opening of ${warning.windows.join(', ')} is longer than its cutoff, so nothing can start`;
    case 'long-gap':
      return gapText(warning);
  }
}

function gapText({ gap, needed, wait, freezes }: CoverageWarning & { kind: 'long-gap' }): string {
  const span = `no opening from ${utcText(gap.from)} to ${utcText(gap.to)} (${lengthText(gap.to - gap.from)})`;
  const frozen = freezes.length > 0 ? `, with freeze ${freezes.join(', ')}` : '';
  const after =
    needed === undefined ? '' : `; with the opening after it and a margin, that needs ${lengthText(needed)}`;
  return `${span}${frozen}${after}; AWS waits for ${lengthText(wait)}`;
}
