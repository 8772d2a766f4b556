import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { builtinsByGetBuiltinModule } from './builtins-plugin.ts';
import { fileName, joinedColdStart } from './joined-cold-start.ts';

/** Names of the folders below `functions/` that have an entry, in order. */
export const functionNames = (): readonly string[] =>
  readdirSync('functions')
    .filter((name) => existsSync(`functions/${name}/index.ts`))
    .toSorted();

/**
 * The same sources make the same bytes. Splitting keeps what is imported on first use out of the cold start; `module`
 * first shakes the AWS SDK's unused half off.
 */
const OPTIONS = {
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunk-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [builtinsByGetBuiltinModule],
} as const satisfies BuildOptions;

/**
 * Bundles a function to `outdir/index.mjs`, which is all that a cold start reads, and the chunks that it imports on first
 * use; answers what went into them.
 */
export async function bundleFunction(name: string, outdir: string): Promise<Metafile> {
  const entryPoints = { index: `functions/${name}/index.ts` };
  const { metafile, outputFiles } = await build({ ...OPTIONS, entryPoints, outdir, write: false });
  const files = new Map(outputFiles.map(({ path, text }) => [fileName(path), text]));
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [fileName(path), output]));
  mkdirSync(outdir, { recursive: true });
  for (const [file, text] of await joinedColdStart(files, outputs)) writeFileSync(`${outdir}/${file}`, text);
  return metafile;
}

/** Bundles a program to `outdir/index.mjs` and its chunks. Packages that it bundles may call `require`. */
export async function bundleProgram(entry: string, outdir: string): Promise<void> {
  const banner = { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" };
  await build({ ...OPTIONS, entryPoints: { index: entry }, outdir, banner });
}
