/**
 * Bundles every function to dist/functions/<name>/index.mjs (exporting `handler`) and the command line to
 * dist/cli/index.mjs. `--quiet` prints nothing but errors.
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundleFunction, bundleProgram, functionNames } from './bundle.ts';

const { values } = parseArgs({ options: { quiet: { type: 'boolean', default: false } } });
const started = performance.now();
/** Built beside the old one and beside other builds, so that a build that fails leaves what works. */
const NEXT = `dist.next/${process.pid}`;

const functions = functionNames();
rmSync(NEXT, { recursive: true, force: true });
await Promise.all([
  ...functions.map((name) => bundleFunction(name, `${NEXT}/functions/${name}`)),
  ...(existsSync('cli/index.ts') ? [bundleProgram('cli/index.ts', `${NEXT}/cli`)] : []),
]);
// What `npm run package` wrote is not of this build, and stays.
if (existsSync('dist/package')) renameSync('dist/package', `${NEXT}/package`);
rmSync('dist', { recursive: true, force: true });
renameSync(NEXT, 'dist');

if (!values.quiet) {
  for (const name of functions) console.log(`dist/functions/${name}  ${sizeOf(`dist/functions/${name}`)} KB`);
  console.log(`built in ${Math.round(performance.now() - started)} ms`);
}

function sizeOf(folder: string): number {
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(`${folder}/${file}`).size, 0);
  return Math.round(bytes / 1024);
}
