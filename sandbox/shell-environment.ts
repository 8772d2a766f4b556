import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where `npm start` writes it, for whoever types commands beside it. */
export const SHELL_ENVIRONMENT = '.sandbox/environment';

/** Writes variables for a shell to read with `.`; the values are URLs, paths and names of ours, which need no more than quotes. */
export function writeShellEnvironment(variables: Readonly<Record<string, string>>, file = SHELL_ENVIRONMENT): void {
  mkdirSync(dirname(file), { recursive: true });
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`,
  );
  writeFileSync(file, lines.join(''));
}

export const removeShellEnvironment = (file = SHELL_ENVIRONMENT): void => rmSync(file, { force: true });
