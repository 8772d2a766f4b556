/** Prints what each function's bundle weighs against its budget in package.json (`bundleBudgets`, KB), and fails over it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

interface Weight {
  /** Everything in the bundle, KB. */
  readonly total: number;
  /** What the cold start loads: the entry and the chunks it imports at once, KB. */
  readonly coldStart: number;
  readonly gzip: number;
}

// The cast is true: package.json is ours, and a missing budget is reported below.
const { bundleBudgets: budgets } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  bundleBudgets: Readonly<Record<string, number>>;
};

const names = readdirSync('dist/functions');
const problems: string[] = [];
console.log('function              cold start KB   budget   all KB   gzip KB');
for (const name of names) {
  const weight = weigh(`dist/functions/${name}`);
  const budget = budgets[name];
  console.log(
    `${name.padEnd(20)} ${String(weight.coldStart).padStart(14)} ${String(budget ?? '-').padStart(8)} ${String(weight.total).padStart(8)} ${String(weight.gzip).padStart(9)}`,
  );
  if (budget === undefined) problems.push(`${name} has no budget in package.json (bundleBudgets)`);
  else if (weight.coldStart > budget)
    problems.push(`${name} loads ${weight.coldStart} KB at a cold start, over its budget of ${budget} KB`);
}
for (const name of Object.keys(budgets))
  if (!names.includes(name)) problems.push(`there is a budget for ${name}, but no such function`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function weigh(folder: string): Weight {
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const sum = (some: Iterable<string>, of: (file: string) => number): number =>
    Math.round([...some].reduce((total, file) => total + of(`${folder}/${file}`), 0) / 1024);
  return {
    total: sum(files, (file) => statSync(file).size),
    gzip: sum(files, (file) => gzipSync(readFileSync(file)).length),
    coldStart: sum(staticallyImported(folder, 'index.mjs', new Set()), (file) => statSync(file).size),
  };
}

/** The files that `file` imports without `import()`, itself included. */
function staticallyImported(folder: string, file: string, seen: Set<string>): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(`${folder}/${file}`, 'utf8');
  for (const [, imported] of source.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.mjs)"/g)) {
    if (imported !== undefined) staticallyImported(folder, imported, seen);
  }
  return seen;
}
