import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { State } from './package-version.ts';

/** The state of the sources in the current folder, of which version `asked` is to be packaged. */
export const readState = (asked: string | undefined): State => ({
  ...(asked !== undefined && { asked }),
  version: versionIn('package.json'),
  locked: versionIn('package-lock.json'),
  changelog: readFileSync('CHANGELOG.md', 'utf8'),
  // Without git, or outside a clone of it, it prints nothing.
  changes: spawnSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).stdout ?? '',
});

// The cast is true of both files: npm writes no other.
const versionIn = (path: string): string => (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
