/**
 * What a cold start, a further event and a bundle cost, beside an empty handler and the handler that many write first, in
 * one run and in rotating order; with `--all`, what storms cost, and what the diagnosis and the windows get right.
 *
 *     npm run bench -- [--rounds 12] [--warm 25] [--only TEXT] [--built dist] [--against FOLDER] [--all] [--write]
 *
 * `--against` measures another build (a copy of `dist/`) beside this one, to judge a change by; `--only` leaves out the
 * functions whose names do not contain the text; `--write` puts what came of it into docs/performance.md. Linux alone
 * says how much processor time a process took.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { correctnessSection } from './correctness.ts';
import { functionsSection } from './functions/section.ts';
import { machine } from './machine.ts';
import { withSection } from './markdown.ts';
import { stormSection } from './storm/section.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    warm: { type: 'string', default: '25' },
    only: { type: 'string', default: '' },
    built: { type: 'string', default: 'dist' },
    against: { type: 'string' },
    all: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const DOCUMENT = 'docs/performance.md';
const folder = mkdtempSync(join(tmpdir(), 'slackwater-bench-'));

/** Prints a section, and keeps it. */
function tell(name: string, content: string): void {
  const section = `${machine()}\n\n${content}`;
  console.log(`\n${section}`);
  if (values.write) writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), name, section));
}

async function main(): Promise<void> {
  const { only, built, against } = values;
  const [rounds, warm] = [Number(values.rounds), Number(values.warm)];
  tell('functions', await functionsSection({ built, against, only, rounds, warm, folder }));
  if (!values.all) return;
  mkdirSync(join(folder, 'storm'));
  tell('storm', await stormSection(join(folder, 'storm')));
  tell('correctness', correctnessSection());
}

let code = 0;
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  code = 1;
} finally {
  rmSync(folder, { recursive: true });
}
// The queue emulator's long-poll timers would hold the process for 20 s more.
process.exit(code);
