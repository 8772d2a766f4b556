/**
 * Bundles every function to dist/functions/<name>/index.mjs (exporting `handler`) and the command line to
 * dist/cli/index.mjs. `--quiet` prints nothing but errors.
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { builtinsByGetBuiltinModule } from './builtins-plugin.ts';

const { values } = parseArgs({ options: { quiet: { type: 'boolean', default: false } } });
const started = performance.now();
/** Built beside the old one, so that a build that fails leaves what works. */
const NEXT = 'dist.next';

const functions = readdirSync('functions').filter((name) => existsSync(`functions/${name}/index.ts`));
rmSync(NEXT, { recursive: true, force: true });
await Promise.all([
  ...functions.map((name) => bundle(`functions/${name}/index.ts`, `${NEXT}/functions/${name}`)),
  ...(existsSync('cli/index.ts') ? [bundle('cli/index.ts', `${NEXT}/cli`)] : []),
]);
rmSync('dist', { recursive: true, force: true });
renameSync(NEXT, 'dist');

if (!values.quiet) {
  for (const name of functions) console.log(`dist/functions/${name}  ${sizeOf(`dist/functions/${name}`)} KB`);
  console.log(`built in ${Math.round(performance.now() - started)} ms`);
}

/** Splitting keeps what is imported on first use out of the cold start; `module` first shakes the AWS SDK's unused half off. */
async function bundle(entry: string, outdir: string): Promise<void> {
  await build({
    entryPoints: { index: entry },
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [builtinsByGetBuiltinModule],
  });
}

function sizeOf(folder: string): number {
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(`${folder}/${file}`).size, 0);
  return Math.round(bytes / 1024);
}
