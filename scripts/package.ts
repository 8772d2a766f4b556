/**
 * Writes a package of this version to dist/package/slackwater-VERSION, and all of it as one zip beside it: a zip for each
 * function, and one template that names them in S3, for those who have neither the sources nor a build. `--version X` only
 * makes sure that X is what is packaged; `--dirty` packages what is not committed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageContents } from './package-contents.ts';
import { readState } from './package-state.ts';
import { copyCommand, deployCommand } from './package-text.ts';
import { problemsOf } from './package-version.ts';
import { type Files, zipOf } from './package-zip.ts';

const { values } = parseArgs({ options: { version: { type: 'string' }, dirty: { type: 'boolean', default: false } } });
const state = readState(values.version);
const problems = problemsOf(values.dirty ? { ...state, changes: '' } : state);
for (const problem of problems) console.error(`npm run package: ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else await writePackage(state.version);

async function writePackage(version: string): Promise<void> {
  const folder = `dist/package/slackwater-${version}`;
  const contents = await packageContents(version);
  write(contents, `${folder}.next`);
  // In every combination of its conditions; nothing is put into place that fails.
  const check = ['scripts/check-template.ts', `${folder}.next/template.yaml`];
  const { status } = spawnSync(process.execPath, check, { stdio: 'inherit' });
  if (status !== 0) {
    process.exitCode = 1;
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(`${folder}.next`, folder);
  // The same in one file, for a release.
  writeFileSync(`${folder}.zip`, zipOf(contents));
  for (const [name, bytes] of Object.entries(contents)) console.log(`${kilobytes(bytes)}  ${folder}/${name}`);
  console.log(
    `\nNext, with your bucket here and in parameters.example.json:\n\n${copyCommand(version, folder)}\n${deployCommand(folder)}\n`,
  );
}

function write(contents: Files, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(contents)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

function kilobytes({ length }: Uint8Array): string {
  return `${String(Math.ceil(length / 1024)).padStart(6)} KB`;
}
