/**
 * Writes the table of docs/diagnosis.md anew from scripts/documented-stops.ts; a test holds the page to it.
 *
 *     node scripts/diagnosis-page.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { diagnose } from '../shared/domain/diagnosis/diagnose.ts';
import { parseObserved } from '../shared/domain/diagnosis/parse-observed.ts';
import { DOCUMENTED_STOPS, type DocumentedStop } from './documented-stops.ts';

export const DIAGNOSIS_PAGE = new URL('../docs/diagnosis.md', import.meta.url);

const BEGIN = '<!-- Written by scripts/diagnosis-page.ts; edit scripts/documented-stops.ts instead. -->\n';
const END = '<!-- End of the written part. -->\n';

/** The page with a current table. Throws when the marks around the table are gone. */
export function withTable(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('docs/diagnosis.md has lost the marks around its table');
  return page.slice(0, begin) + BEGIN + table() + page.slice(end);
}

function table(): string {
  const rows = DOCUMENTED_STOPS.map((stop, index) => `| ${index + 1} | ${raw(stop)} | ${told(stop)} |\n`);
  return `\n| | A raw forwarder shows | Slackwater shows |\n|---|---|---|\n${rows.join('')}\n`;
}

/** What the event itself says: nothing is left out and nothing explained. */
function raw({ input }: DocumentedStop): string {
  const { stopCode, stoppedReason, message, reason, containers = [] } = input;
  const ofContainers = containers.map(({ name, exitCode, reason: why }) =>
    [
      `${name}:`,
      ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
      ...(why === undefined ? [] : [why]),
    ].join(' '),
  );
  const texts = [stopCode, stoppedReason, ...ofContainers, message, reason].filter((text) => text !== undefined);
  return texts.map((text) => `\`${escapeCell(text)}\``).join('<br>');
}

function told({ kind, input }: DocumentedStop): string {
  const observed = parseObserved(kind, input);
  if (observed === undefined) throw new Error(`unknown kind ${kind}`);
  const { title, summary, fix, cause, confidence, benign } = diagnose(observed);
  const verdict = `\`${cause}\`, ${benign ? 'expected, nobody is told' : confidence}`;
  return [`**${title}** (${verdict})`, summary, ...(benign ? [] : [`First: ${fix[0] ?? ''}`])]
    .map(escapeCell)
    .join('<br>');
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

if (import.meta.main) {
  const page = readFileSync(DIAGNOSIS_PAGE, 'utf8');
  writeFileSync(DIAGNOSIS_PAGE, withTable(page));
}
