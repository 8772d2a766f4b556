import { readdirSync, readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';

/** A package of which code is in a bundle, with what its licence asks to be passed on. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as its package.json says. */
  readonly license: string;
  /** Its licence file and notices as they stand, or for a package without any the text of its licence. */
  readonly text: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/** Licence files by the names that npm includes whatever a package says: `LICENSE`, `LICENCE.md`, `NOTICE`. */
const LEGAL_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** The packages of which at least a byte is in the outputs, by name. Throws for one that does not say its licence. */
export function bundledPackages(metafiles: readonly Metafile[]): readonly BundledPackage[] {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).map((output) => output.inputs));
  const used = inputs.flatMap((files) => Object.keys(files).filter((file) => (files[file]?.bytesInOutput ?? 0) > 0));
  const folders = new Set(used.flatMap((file) => packageFolder(file) ?? []));
  return [...folders].map(packageIn).toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** `node_modules/a/node_modules/@b/c` of a file in it, and nothing of our own files. */
export function packageFolder(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

function packageIn(folder: string): BundledPackage {
  // The cast is true of every installed package; npm refuses one without a name and a version.
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
  const { name, version, license } = manifest;
  if (license === undefined) throw new Error(`${name} ${version} is bundled and does not say its licence`);
  const files = readdirSync(folder).filter((file) => LEGAL_FILE.test(file));
  const texts = files.toSorted().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
  return { name, version, license, text: texts.length > 0 ? texts.join('\n\n') : standardText(manifest) };
}

/** Where the texts are of licences by which packages are published without a file of their own. */
const STANDARD_TEXTS: Readonly<Record<string, string>> = {
  'Apache-2.0': 'LICENSE',
  MIT: 'scripts/licenses/MIT.txt',
  'MIT-0': 'scripts/licenses/MIT-0.txt',
};

function standardText({ name, license = '', author }: Manifest): string {
  const path = STANDARD_TEXTS[license];
  if (path === undefined) throw new Error(`${name} has no licence file, and the text of ${license} is not known here`);
  const holder = typeof author === 'string' ? author : author?.name;
  return `Copyright (c) ${holder ?? `the authors of ${name}`}\n\n${readFileSync(path, 'utf8').trim()}`;
}

const idOf = ({ name, version }: BundledPackage): string => `${name} ${version}`;

/** One document for all; packages that share a text, as those of the AWS SDK do, are listed above it together. */
export function licenseNotices(packages: readonly BundledPackage[]): string {
  const byText = Map.groupBy(packages, ({ text }) => text);
  const sections = [...byText].map(([text, sharing]) =>
    [...sharing.map((one) => `${idOf(one)} (${one.license})`), '', text].join('\n'),
  );
  const head = 'Slackwater contains code of these packages, under the licences that follow their names.';
  return `${[head, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
