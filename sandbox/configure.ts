import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

interface Target {
  /** Folder with `dist/`. */
  readonly root: string;
  readonly table: string;
  readonly databaseUrl: string;
  readonly region: string;
}

/** Pushes a configuration document with the command line, as its users do. @throws with what that says when it fails */
export async function pushConfiguration(file: string, { root, table, databaseUrl, region }: Target): Promise<void> {
  const command = [join(root, 'dist/cli/index.mjs'), 'config', 'push', file, '--table', table, '--region', region];
  await promisify(execFile)(process.execPath, command, {
    env: {
      AWS_ACCESS_KEY_ID: 'sandbox',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      AWS_ENDPOINT_URL_DYNAMODB: databaseUrl,
    },
  });
}
