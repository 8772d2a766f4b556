import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { EMPTY, REFERENCE } from './targets.ts';

/**
 * Gathers what is measured below `folder`: the functions as they were built, so that a build in between changes nothing,
 * the empty handler, and the reference in one minified file.
 */
export async function gatherBundles(built: string, folder: string): Promise<void> {
  for (const name of readdirSync(`${built}/functions`))
    cpSync(`${built}/functions/${name}`, `${folder}/${name}`, { recursive: true });
  mkdirSync(`${folder}/${EMPTY}`);
  writeFileSync(`${folder}/${EMPTY}/index.mjs`, 'export const handler = async () => undefined;\n');
  await build({
    entryPoints: { index: 'bench/reference/index.ts' },
    outdir: `${folder}/${REFERENCE}`,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
    logLevel: 'warning',
  });
}
