import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Sink, toFile } from './export/file.ts';
import { exportLine, type TableItem } from './export/line.ts';
import { everyPage, scanPage } from './export/scan.ts';
import { TABLE_OPTIONS, withTable } from './incidents/table.ts';
import { createProgress } from './progress.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';

const OPTIONS = { ...TABLE_OPTIONS, out: { type: 'string' } } as const;

/** Of the lines, for those who read them with a program. A change that such a program would notice raises it. */
const FORMAT = 1;

/**
 * `slackwater export --table NAME [--out FILE]`: everything of the table that is worth keeping, as JSON Lines. Answers 0, or
 * 1 where something was not understood and is there as it was.
 */
export async function exportTable(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = understood(() => parseArgs({ args: [...args], options: OPTIONS }));
  const { out: path, ...given } = values;
  if (path === '') throw new UsageError('give the name of a file with --out');
  return withTable(given, terminal, async ({ clients, tableName, region }) => {
    const pages = everyPage(scanPage({ client: clients.table, tableName }), setTimeout);
    const work = (sink: Sink) => writeLines(pages, { table: tableName, region }, sink, terminal);
    if (path === undefined) return (await work(standardOutput(terminal))).unknown === 0 ? 0 : 1;
    const { lines, unknown } = await toFile(path, work);
    terminal.out(
      `${lines} lines in ${path}${unknown === 0 ? '' : `, ${unknown} of which this version does not understand`}`,
    );
    return unknown === 0 ? 0 : 1;
  });
}

interface Written {
  readonly lines: number;
  readonly unknown: number;
}

/** The last line counts the others, so that a cut is noticed wherever they went. */
async function writeLines(
  pages: AsyncIterable<readonly TableItem[]>,
  of: { readonly table: string; readonly region: string },
  { write, finish }: Sink,
  terminal: Terminal,
): Promise<Written> {
  const progress = createProgress(terminal);
  const now = terminal.clock();
  const kinds: Record<string, number> = {};
  let read = 0;
  await write(JSON.stringify({ kind: 'export', format: FORMAT, ...of, at: new Date(now).toISOString() }));
  progress.start(`reading ${of.table}`);
  for await (const items of pages) {
    if (terminal.gone.aborted) break;
    for (const item of items) {
      const line = exportLine(item, now);
      if (line === 'passing') continue;
      await write(JSON.stringify(line));
      kinds[line.kind] = (kinds[line.kind] ?? 0) + 1;
    }
    read += items.length;
    progress.at(read);
  }
  progress.end();
  const lines = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  await write(JSON.stringify({ kind: 'end', lines, kinds, passedOver: read - lines }));
  await finish();
  return { lines, unknown: kinds['unknown'] ?? 0 };
}

const standardOutput = ({ out }: Terminal): Sink => ({
  write: async (line) => {
    out(line);
  },
  finish: async () => undefined,
});
