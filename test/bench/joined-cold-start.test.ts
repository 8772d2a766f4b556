import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterEach, expect, it } from 'vitest';
import { type BundleFiles, fileName, joinedColdStart } from '../../scripts/joined-cold-start.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'joined-'));
  folders.push(folder);
  return folder;
};

const SOURCES = {
  'counter.ts': 'export class Odd extends Error {}\nlet count = 0;\nexport const next = (): number => ++count;\n',
  'late.ts': "import { next, Odd } from './counter.ts';\nexport const odd = new Odd();\nexport const late = next;\n",
  'later.ts': "import { Odd } from './counter.ts';\nexport const isOdd = (error: unknown) => error instanceof Odd;\n",
  'index.ts': [
    "import { next, Odd } from './counter.ts';",
    'export const handler = async () => {',
    "  const [{ late, odd }, { isOdd }] = await Promise.all([import('./late.ts'), import('./later.ts')]);",
    '  return [next(), late(), next(), odd instanceof Odd, isOdd(odd)];',
    '};',
  ].join('\n'),
};

/** Bundles the sources, split, and joins what a cold start reads. */
async function joined(folder = aFolder()): Promise<BundleFiles> {
  for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text);
  const { outputFiles, metafile } = await build({
    entryPoints: { index: join(folder, 'index.ts') },
    outdir: join(folder, 'out'),
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    write: false,
  });
  return joinedColdStart(
    new Map(outputFiles.map(({ path, text }) => [fileName(path), text])),
    new Map(Object.entries(metafile.outputs).map(([path, output]) => [fileName(path), output])),
  );
}

it('the entry imports nothing at once, and shares its objects with what it imports later', async () => {
  const files = await joined();
  expect(files.get('index.mjs')).not.toMatch(/\bfrom\s*"/);
  const folder = aFolder();
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  // The cast is true: it is the entry above.
  const { handler } = (await import(pathToFileURL(join(folder, 'index.mjs')).href)) as {
    handler: () => Promise<unknown>;
  };
  expect(await handler()).toEqual([1, 2, 3, true, true]);
});

it('the same sources make the same files', async () => {
  const folder = aFolder();
  expect([...(await joined(folder))]).toEqual([...(await joined(folder))]);
});
