#!/usr/bin/env node
// Starts the built command line. `npm ci` builds it; after changing a source file, `npm run build` does.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/cli/index.mjs', import.meta.url);
if (existsSync(built)) {
  const { main } = await import(built.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error(`slackwater is not built yet: run "npm run build" in ${fileURLToPath(new URL('..', import.meta.url))}`);
  process.exitCode = 2;
}
