/**
 * How good the diagnosis is, measured on labelled observations.
 *
 *     npm run bench:diagnosis -- [FILE...]
 *
 * Without files it reads test/corpus/stops.jsonl; any file of that shape will do, and the one worth most is one that
 * nobody tuned the rules for. Exits 1 when a target is missed.
 */
import { type Case, readCorpus } from './diagnosis/corpus.ts';
import { type Fate, MUTATIONS, mutate } from './diagnosis/mutations.ts';
import { type Answer, answer, areaOf, type Score, scoreOf } from './diagnosis/score.ts';
import { timeOf } from './diagnosis/timing.ts';

/** Shares of all cases, in percent. */
const TARGETS = { accepted: 97, exact: 93, benignRight: 98, wrongWhileCertain: 0 } as const;

const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (100 * part) / whole);
const share = (part: number, whole: number): string => `${percent(part, whole).toFixed(1).padStart(5)} %`;

function missedTargets({ asked, accepted, exact, benignRight, wrongWhileCertain }: Score): readonly string[] {
  return [
    ...(percent(accepted, asked) < TARGETS.accepted ? [`accepted below ${TARGETS.accepted} %`] : []),
    ...(percent(exact, asked) < TARGETS.exact ? [`exact below ${TARGETS.exact} %`] : []),
    ...(percent(benignRight, asked) < TARGETS.benignRight ? [`benign right below ${TARGETS.benignRight} %`] : []),
    ...(wrongWhileCertain > TARGETS.wrongWhileCertain ? ['wrong while certain'] : []),
  ];
}

function printScore(score: Score): void {
  console.log(`cases                ${score.asked}`);
  console.log(`accepted             ${share(score.accepted, score.asked)}`);
  console.log(`exact                ${share(score.exact, score.asked)}`);
  console.log(`benign right         ${share(score.benignRight, score.asked)}`);
  console.log(`wrong while certain  ${score.wrongWhileCertain}`);
}

function printAreas(answers: readonly Answer[]): void {
  console.log('\narea         cases  accepted    exact');
  for (const [area, ofArea = []] of Object.entries(Object.groupBy(answers, ({ asked }) => areaOf(asked.label)))) {
    const { asked, accepted, exact } = scoreOf(ofArea);
    console.log(`${area.padEnd(12)} ${String(asked).padStart(5)}   ${share(accepted, asked)}  ${share(exact, asked)}`);
  }
}

/** Off the diagonal only: what was expected, what was said, and which cases to look at. */
function printConfusion(answers: readonly Answer[]): void {
  const missed = answers.filter(({ isExact, isBenignRight }) => !isExact || !isBenignRight);
  console.log(`\nexpected -> answered (${missed.length} cases off the diagonal)`);
  const byPair = Object.groupBy(missed, ({ asked, cause }) => `${asked.label} -> ${cause}`);
  for (const [pair, ofPair = []] of Object.entries(byPair)) {
    console.log(`  ${pair}: ${ofPair.map((one) => `${one.asked.id}${remark(one)}`).join(', ')}`);
  }
}

function remark({ isAccepted, isWrongWhileCertain, isBenignRight }: Answer): string {
  const words = [
    ...(isAccepted ? ['accepted'] : []),
    ...(isWrongWhileCertain ? ['certain'] : []),
    ...(isBenignRight ? [] : ['benign wrong']),
  ];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/** Of the columns after the name. */
const WIDTHS = [6, 7, 10, 13, 7, 21] as const;

function printMutations(cases: readonly Case[]): void {
  console.log(`\n${'mutation'.padEnd(40)} texts  stays  fallback  unspecified  other  wrong while certain`);
  for (const mutation of MUTATIONS) {
    const outcomes = mutate(cases, mutation);
    const count = (fate: Fate) => outcomes.filter((outcome) => outcome.fate === fate).length;
    const wrong = outcomes.filter(({ isWrongWhileCertain }) => isWrongWhileCertain).length;
    const cells = [outcomes.length, count('stays'), count('fallback'), count('unspecified'), count('other'), wrong];
    console.log(
      mutation.name.padEnd(40) + cells.map((cell, column) => String(cell).padStart(WIDTHS[column] ?? 0)).join(''),
    );
  }
}

const files = process.argv.slice(2);
const cases = (files.length > 0 ? files : [new URL('../test/corpus/stops.jsonl', import.meta.url)]).flatMap(readCorpus);
const answers = cases.map(answer);
const score = scoreOf(answers);
printScore(score);
printAreas(answers);
printConfusion(answers);
printMutations(cases);
const { median, p99 } = timeOf(cases);
console.log(`\none diagnosis: median ${median.toFixed(1)} µs, p99 ${p99.toFixed(1)} µs`);

const missed = missedTargets(score);
for (const target of missed) console.error(`target missed: ${target}`);
if (missed.length > 0 || cases.length === 0) process.exitCode = 1;
