import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTemplate, resourcesOfType } from '../../sandbox/eventbridge/template.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { readLibrary } from '../../sandbox/scenario/library.ts';
import { createPlayer } from '../../sandbox/scenario/player.ts';
import { OPENING, OPENING_MESSAGES } from '../../sandbox/scenario/scenarios.ts';
import { functionNames } from '../../scripts/bundle.ts';
import { packageContents, packageFunction } from '../../scripts/package-contents.ts';
import { checksums, type Files } from '../../scripts/package-zip.ts';
import { TEMPLATE_CHECKS } from '../../scripts/template-checks.ts';
import { deployed, PLACES, variantsOf } from '../../scripts/template-variants.ts';

const VERSION = '9.9.9';
/** Milliseconds: six bundles, and a sandbox. */
const PATIENCE = 60_000;
const BUCKET = { CodeBucket: 'example-bucket' };

let contents: Files;
let root: string;
beforeAll(async () => {
  contents = await packageContents(VERSION);
  root = mkdtempSync(join(tmpdir(), 'slackwater-packaged-'));
  put('template.yaml', contents['template.yaml'] ?? new Uint8Array());
}, PATIENCE);
afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

const zips = (): readonly (readonly [string, Files])[] =>
  Object.entries(contents).flatMap(([path, bytes]) =>
    path.endsWith('.zip') ? [[path, unzipSync(bytes)] as const] : [],
  );

describe('a package', () => {
  it('has a zip for every function, the template that names it, notices and examples', () => {
    const hashed = functionNames().map((name) => expect.stringMatching(`^functions/${name}\\.[0-9a-f]{16}\\.zip$`));
    const files = Object.keys(contents);
    expect(files.filter((path) => path.startsWith('functions/'))).toEqual(hashed);
    expect(files).toEqual(
      expect.arrayContaining(['INSTALL.txt', 'LICENSE', 'SHA256SUMS', 'THIRD-PARTY-LICENSES', 'table-only.yaml']),
    );
    expect(files).toEqual(expect.arrayContaining(['parameters.example.json', 'samconfig.example.toml']));
    for (const [path] of zips()) expect(textOf(contents['template.yaml'])).toContain(`/${VERSION}/${path}'`);
  });

  it('has everything that a function imports, and the licences of what is in it', () => {
    for (const [path, files] of zips()) {
      const code = Object.entries(files).filter(([name]) => name.endsWith('.mjs'));
      const imported = code.flatMap(([, bytes]) =>
        [...textOf(bytes).matchAll(/(?:from|import|import\()\s*"\.\/([^"]+)"/g)].map(([, name = '']) => name),
      );
      const wanted = ['index.mjs', 'LICENSE', 'THIRD-PARTY-LICENSES', ...imported];
      expect(wanted.flatMap((name) => (name in files ? [] : `${path} lacks ${name}`))).toEqual([]);
    }
    const worker = zips().find(([path]) => path.includes('slack-worker'))?.[1];
    expect(textOf(worker?.['THIRD-PARTY-LICENSES'])).toMatch(/@aws-sdk\/core \S+ \(Apache-2\.0\)/);
    const endpoint = zips().find(([path]) => path.includes('slack-endpoint'))?.[1];
    expect(textOf(endpoint?.['THIRD-PARTY-LICENSES'])).not.toContain('@aws-sdk/client-ecs');
  });

  it('has checksums of all its files', () => {
    const { SHA256SUMS, ...files } = contents;
    expect(textOf(SHA256SUMS)).toBe(checksums(files));
  });

  // One function stands for all: each is made in the same way, in a folder of another name every time.
  it('has the same zips, by their names too, when it is made again', async () => {
    const { path, zip } = await packageFunction('slack-endpoint');
    expect(contents[path]).toEqual(zip);
  });

  it('has a template that resolves and passes its checks in every partition and combination', () => {
    const template = loadTemplate(join(root, 'template.yaml'));
    for (const place of Object.values(PLACES)) {
      for (const parameters of Object.values(variantsOf(template, place))) {
        const stack = deployed(template, parameters, place);
        expect(TEMPLATE_CHECKS.flatMap((check) => check(stack))).toEqual([]);
        for (const { properties } of resourcesOfType(stack, 'AWS::Lambda::Function'))
          expect(properties['Code']).toMatchObject({ S3Bucket: BUCKET.CodeBucket });
      }
    }
  });
});

it('a stack of the package runs from its zips alone', { timeout: PATIENCE }, async () => {
  for (const [path, files] of zips()) {
    const folder = `slackwater/${VERSION}/${path.replace(/\.[0-9a-f]+\.zip$/, '')}`;
    for (const [name, bytes] of Object.entries(files)) put(`${folder}/${name}`, bytes);
  }
  await using sandbox = await startSandbox({ root, parameters: BUCKET });
  expect(sandbox.functions.toSorted()).toEqual(functionNames());
  const events = fileURLToPath(new URL('../../events', import.meta.url));
  await createPlayer(sandbox, readLibrary(events)).play(OPENING);
  await sandbox.waitUntil('messages', () => sandbox.messages().length >= OPENING_MESSAGES, PATIENCE);
  for (const name of ['reconcile', 'redeploy'])
    expect(await sandbox.invoke(name, {})).toMatchObject({ status: 'returned' });
});
