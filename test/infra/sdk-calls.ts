import { existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { ACTION_OF_OPERATION, SERVICE_OF_PACKAGE } from '../../scripts/sdk-commands.ts';

const DOCUMENT_CLIENT = '@aws-sdk/lib-dynamodb';

/** The document client's short names of the operations that work on one item. */
const DOCUMENT_OPERATIONS: Readonly<Record<string, string>> = {
  BatchGet: 'BatchGetItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
};

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

/** The IAM actions behind every `new XCommand(` of a file. Throws for a command of a package that is not known here. */
export function actionsIn(file: string): readonly string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/\bnew (\w+)Command\(/g)].map(([, operation = '']) => {
    const from = packageOf(`${operation}Command`, source);
    const service = from === DOCUMENT_CLIENT ? 'dynamodb' : SERVICE_OF_PACKAGE[from ?? ''];
    if (service === undefined) throw new Error(`${file}: ${operation}Command comes from ${from ?? 'nowhere'}`);
    const name = from === DOCUMENT_CLIENT ? DOCUMENT_OPERATIONS[operation] : ACTION_OF_OPERATION[operation];
    return `${service}:${name ?? operation}`;
  });
}

/** From a static import, or from a destructured `import()`. */
function packageOf(command: string, source: string): string | undefined {
  const imports = source.matchAll(/\{([^{}]*)\}[^;{}]*?(?:from\s+|import\()'([^']+)'/g);
  return [...imports].find(([, names]) => new RegExp(`\\b${command}\\b`).test(names ?? ''))?.[2];
}
