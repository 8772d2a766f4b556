import { existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { ACTION_OF_OPERATION, SERVICE_OF_PACKAGE } from '../../scripts/sdk-commands.ts';

export const entryOf = (name: string): string => `functions/${name}/index.ts`;
export const hasEntry = (name: string): boolean => existsSync(entryOf(name));

/** Our own source files that end up in the function's bundle. */
export async function sourcesOf(name: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [entryOf(name)],
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    metafile: true,
    write: false,
    outdir: 'unused',
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

/**
 * The IAM actions behind every `new XCommand(` of a file, and behind every `.send('X',` to the table. Throws for a command of
 * a package that is not known here.
 */
export function actionsIn(file: string): readonly string[] {
  const source = readFileSync(file, 'utf8');
  const byCommand = [...source.matchAll(/\bnew (\w+)Command\(/g)].map(([, operation = '']) => {
    const from = packageOf(`${operation}Command`, source);
    const service = SERVICE_OF_PACKAGE[from ?? ''];
    if (service === undefined) throw new Error(`${file}: ${operation}Command comes from ${from ?? 'nowhere'}`);
    return `${service}:${ACTION_OF_OPERATION[operation] ?? operation}`;
  });
  const ofTable = [...source.matchAll(/\.send\(\s*'(\w+)',/g)].map(([, operation = '']) => `dynamodb:${operation}`);
  return [...byCommand, ...ofTable];
}

/** From a static import, or from a destructured `import()`. */
function packageOf(command: string, source: string): string | undefined {
  const imports = source.matchAll(/\{([^{}]*)\}[^;{}]*?(?:from\s+|import\()'([^']+)'/g);
  return [...imports].find(([, names]) => new RegExp(`\\b${command}\\b`).test(names ?? ''))?.[2];
}
