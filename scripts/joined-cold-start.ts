import { build, type Metafile, type Plugin } from 'esbuild';

/** A bundle in memory: the text of each file by its name, `index.mjs` among them. */
export type BundleFiles = ReadonlyMap<string, string>;

const ENTRY = 'index.mjs';
/** Asks for everything that the joined file has to export. */
const ROOT = 'joined';

type Output = Metafile['outputs'][string];

/**
 * Joins the entry of a split bundle with the chunks that it imports at once, 25 and more, into one file. Finding, reading
 * and compiling each of them by itself takes a sixth of the INIT's processor time. What is imported on first use stays in
 * files of its own; a chunk that it shares with the entry becomes one line that takes the same objects from the joined
 * file, so that nothing is there twice. `outputs` are the bundle's, by file name.
 *
 * The entry must not wait at its top for what it imports on first use: that would wait for the entry.
 */
export async function joinedColdStart(files: BundleFiles, outputs: ReadonlyMap<string, Output>): Promise<BundleFiles> {
  const joined = importedAtOnce(outputs);
  const late = [...files.keys()].filter((name) => !joined.has(name));
  const imported = late.flatMap((name) => importsOf(outputs.get(name), ['import-statement', 'dynamic-import']));
  const shared = new Set(imported.filter((name) => joined.has(name)));
  const exportsOf = (file: string): readonly string[] => outputs.get(file)?.exports ?? [];
  const root = [ENTRY, ...shared].map((file, index) =>
    exportFrom(
      file,
      exportsOf(file).map((name) => [name, aliasOf(index, name)]),
    ),
  );
  const text = await bundled(root.join(''), files, joined);
  const shims = [...shared].map((file, index) => {
    const names = exportsOf(file).map((name) => [aliasOf(index + 1, name), name] as const);
    return [file, exportFrom(ENTRY, names)] as const;
  });
  return new Map([...late.map((name) => [name, files.get(name) ?? ''] as const), ...shims, [ENTRY, text]]);
}

const exportFrom = (file: string, names: readonly (readonly [name: string, as: string])[]): string =>
  `export{${names.map(([name, as]) => `${name} as ${as}`).join()}}from"./${file}";\n`;

/** What the entry exports keeps its names. */
const aliasOf = (file: number, name: string): string => (file === 0 ? name : `$${file}_${name}`);

/** Names of the files that an output imports, by `import`, or by `import()` as well. */
const importsOf = (output: Output | undefined, kinds: readonly string[] = ['import-statement']): readonly string[] =>
  (output?.imports ?? [])
    .filter(({ kind, external }) => kinds.includes(kind) && !external)
    .map(({ path }) => fileName(path));

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function importedAtOnce(outputs: ReadonlyMap<string, Output>): ReadonlySet<string> {
  const found = new Set([ENTRY]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const name of found) for (const imported of importsOf(outputs.get(name))) found.add(imported);
  return found;
}

/** The text of one file with all of `joined` in it, exporting what `root` does. */
async function bundled(root: string, files: BundleFiles, joined: ReadonlySet<string>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ROOT],
    outdir: '.',
    write: false,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    logLevel: 'warning',
    plugins: [fromMemory(new Map([...files, [ROOT, root]]), joined)],
  });
  return outputFiles[0]?.text ?? '';
}

/** Reads the files that are joined, and leaves the others where they are. */
const fromMemory = (files: BundleFiles, joined: ReadonlySet<string>): Plugin => ({
  name: 'from-memory',
  setup(plugin) {
    plugin.onResolve({ filter: /.*/ }, ({ path }) => {
      const name = fileName(path);
      return joined.has(name) || name === ROOT ? { path: name, namespace: 'memory' } : { path, external: true };
    });
    plugin.onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({
      contents: files.get(path) ?? '',
      loader: 'js',
    }));
  },
});
