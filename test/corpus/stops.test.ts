import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../bench/diagnosis/corpus.ts';
import { MUTATIONS, mutate } from '../../bench/diagnosis/mutations.ts';
import { answer, scoreOf } from '../../bench/diagnosis/score.ts';
import { SEVERITY_OF_CAUSE } from '../../shared/domain/diagnosis/causes.ts';

const cases = readCorpus(new URL('./stops.jsonl', import.meta.url));
const answers = cases.map(answer);

describe('the labelled corpus', () => {
  it('holds every cause, and no observation twice', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200);
    expect(new Set(cases.map(({ label }) => label))).toEqual(new Set(Object.keys(SEVERITY_OF_CAUSE)));
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(new Set(cases.map(({ kind, input }) => JSON.stringify([kind, input]))).size).toBe(cases.length);
  });

  it('is answered with the label or an honest alternative, and never wrong while certain', () => {
    expect(answers.filter(({ isAccepted }) => !isAccepted).map(({ asked, cause }) => [asked.id, cause])).toEqual([]);
    expect(scoreOf(answers).exact / cases.length).toBeGreaterThan(0.93);
  });

  it('tells in every case whether anybody has to act', () => {
    expect(answers.filter(({ isBenignRight }) => !isBenignRight).map(({ asked }) => asked.id)).toEqual([]);
  });
});

describe('a changed text', () => {
  it.each(MUTATIONS)('is never wrong while certain: $name', (mutation) => {
    const wrong = mutate(cases, mutation).filter(({ isWrongWhileCertain }) => isWrongWhileCertain);
    expect(wrong.map(({ asked, before, after }) => [asked.id, before, after])).toEqual([]);
  });

  it.each(MUTATIONS.filter(({ name }) => !name.startsWith('cut')))('keeps its answer: $name', (mutation) => {
    const outcomes = mutate(cases, mutation);
    expect(outcomes.length).toBeGreaterThan(50);
    expect(outcomes.filter(({ fate }) => fate !== 'stays').map(({ asked, after }) => [asked.id, after])).toEqual([]);
  });

  it.each(MUTATIONS.filter(({ name }) => name.startsWith('cut')))(
    'keeps its answer or falls back: $name',
    (mutation) => {
      const outcomes = mutate(cases, mutation);
      const others = outcomes.filter(({ fate }) => fate === 'other');
      // What is left now and then names another cause that is likely, such as a refusal without what was refused.
      expect(others.length / outcomes.length).toBeLessThan(0.1);
    },
  );
});
