import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeShellEnvironment, writeShellEnvironment } from '../../sandbox/shell-environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'slackwater-shell-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the variables for a shell', () => {
  it('are what a shell reads, whatever is in them', () => {
    const file = join(folder, 'new', 'environment');
    const values = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', ODD: 'it\'s $HOME `id` \\ "x"' };
    writeShellEnvironment(values, file);
    const script = `. ${file}; printf '%s\\0' "$AWS_ENDPOINT_URL" "$ODD"`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, 2)).toEqual(
      Object.values(values),
    );
    removeShellEnvironment(file);
    expect(existsSync(file)).toBe(false);
  });
});
