import { spawnSync } from 'node:child_process';

/** Every so many of the zones, so that the whole takes half a minute; `npm run bench:windows` takes them all. */
const EVERY_ZONE = 20;

/** What the diagnosis and the windows are right about, as their own benches say it, in Markdown. */
export const correctnessSection = (): string =>
  [
    ['Diagnosis of the labelled stops in `test/corpus`:', said('bench/diagnosis.ts')],
    [
      `Window arithmetic against the runtime's own formatter, every ${EVERY_ZONE}th zone:`,
      said('bench/windows.ts', '--every', String(EVERY_ZONE)),
    ],
  ]
    .map(([title, text]) => `${title}\n\n\`\`\`text\n${text}\n\`\`\``)
    .join('\n\n');

/** What a program prints first and last: the score, and what it took. @throws with its complaint when it fails: a missed target is a failure. */
function said(program: string, ...options: readonly string[]): string {
  process.stderr.write(`${program}\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...options], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  const paragraphs = stdout.trim().split('\n\n');
  return [...new Set([paragraphs.at(0), paragraphs.at(-1)])].join('\n');
}
