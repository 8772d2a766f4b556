/**
 * Holds the pattern matcher against recorded answers of the real EventBridge engine.
 *
 *     node scripts/verify-patterns.ts FILE.jsonl
 *
 * One JSON object a line: `{"name", "pattern", "event", "expected": true | false | "invalid"}`. Prints each disagreement
 * and the count; exits 1 unless every answer agrees. Such a file can be made with `aws events test-event-pattern`.
 */
import { readFileSync } from 'node:fs';
import { compilePattern, InvalidPatternError } from '../sandbox/eventbridge/matcher.ts';

interface Question {
  readonly name: string;
  readonly pattern: unknown;
  readonly event: unknown;
  readonly expected: boolean | 'invalid';
}

function answer({ pattern, event }: Question): boolean | 'invalid' {
  try {
    return compilePattern(pattern)(event);
  } catch (error) {
    if (error instanceof InvalidPatternError) return 'invalid';
    throw error;
  }
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/verify-patterns.ts FILE.jsonl');

const questions = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  // True by the format stated above; a file of another shape disagrees or throws.
  .map((line) => JSON.parse(line) as Question);
const disagreements = questions.filter((question) => answer(question) !== question.expected);

for (const question of disagreements) {
  console.log(`${question.name}: expected ${question.expected}, got ${answer(question)}`);
}
console.log(`${questions.length - disagreements.length} of ${questions.length} agree`);
if (disagreements.length > 0 || questions.length === 0) process.exitCode = 1;
