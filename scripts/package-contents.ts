import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleFunction, functionNames } from './bundle.ts';
import { bundledPackages, licenseNotices } from './package-licenses.ts';
import { packagedTemplate, tableTemplate } from './package-template.ts';
import { installText } from './package-text.ts';
import { checksums, type Files, sha256, zipOf } from './package-zip.ts';

/** Beside the template and the zips, by its name in the package. */
const COPIED: Readonly<Record<string, string>> = {
  LICENSE: 'LICENSE',
  'configuration.example.yaml': 'infra/configuration.example.yaml',
  'member.yaml': 'infra/member.yaml',
  'parameters.example.json': 'infra/parameters.example.json',
  'samconfig.example.toml': 'infra/samconfig.example.toml',
  'slack-app.yaml': 'infra/slack-app.yaml',
  'terraform.example.tf': 'infra/terraform.example.tf',
};

/** So many digits of a hash tell one code of a function from every other. */
const DIGITS = 16;

interface PackagedFunction {
  readonly name: string;
  /** In the package: `functions/reconcile.0123456789abcdef.zip`. */
  readonly path: string;
  readonly zip: Uint8Array;
  readonly metafile: Metafile;
}

/** Every file of the package of `version`, from the sources in the current folder. The same sources make the same bytes. */
export async function packageContents(version: string): Promise<Files> {
  const functions = await Promise.all(functionNames().map(packageFunction));
  const keys = Object.fromEntries(functions.map(({ name, path }) => [name, `${version}/${path}`]));
  const template = packagedTemplate(readFileSync('template.yaml', 'utf8'), keys);
  const contents: Files = {
    ...copied(),
    ...legalFiles(functions.map(({ metafile }) => metafile)),
    ...Object.fromEntries(functions.map(({ path, zip }) => [path, zip])),
    'template.yaml': encoded(template),
    'table-only.yaml': encoded(tableTemplate(template)),
    'INSTALL.txt': encoded(installText(version)),
  };
  return { ...contents, SHA256SUMS: encoded(checksums(contents)) };
}

/** Bundles a function, in a folder of its own because `dist/` is replaced by whoever builds, and zips it. */
export async function packageFunction(name: string): Promise<PackagedFunction> {
  const folder = mkdtempSync(join(tmpdir(), 'slackwater-package-'));
  try {
    const metafile = await bundleFunction(name, folder);
    const files = Object.fromEntries(readdirSync(folder).map((file) => [file, read(join(folder, file))]));
    const zip = zipOf({ ...files, ...legalFiles([metafile]) });
    return { name, path: `functions/${name}.${sha256(zip).slice(0, DIGITS)}.zip`, zip, metafile };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const legalFiles = (metafiles: readonly Metafile[]): Files => ({
  LICENSE: read('LICENSE'),
  'THIRD-PARTY-LICENSES': encoded(licenseNotices(bundledPackages(metafiles))),
});

const copied = (): Files => Object.fromEntries(Object.entries(COPIED).map(([name, path]) => [name, read(path)]));

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
