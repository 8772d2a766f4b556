/** Holds a tag against package.json and CHANGELOG.md, and prints what the changelog says of the version. */
import { parseArgs } from 'node:util';
import { readState } from './package-state.ts';
import { releaseProblems, sectionOf } from './package-version.ts';

const { tag = '' } = parseArgs({ options: { tag: { type: 'string' } } }).values;
const state = readState(tag.replace(/^v/, ''));
const problems = releaseProblems(state);
for (const problem of problems) console.error(`release ${tag}: ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log(sectionOf(state.version, state.changelog));
