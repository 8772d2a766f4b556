import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import type { Confidence } from '../../../shared/domain/diagnosis/diagnosis.ts';
import { sharpen } from '../../../shared/domain/diagnosis/sharpen.ts';
import { TABLE } from '../../../shared/domain/diagnosis/table.ts';
import {
  found,
  type Gathered,
  type ImageFacts,
  type MemoryFacts,
  missing,
  type TargetHealthFacts,
} from '../../../shared/domain/facts.ts';

const examples = TABLE.flatMap(({ rules }) => rules.map(({ example }) => example));
const diagnosis = fc
  .record({ stoppedReason: fc.constantFrom(...examples, undefined), exitCode: fc.constantFrom(0, 1, 137, undefined) })
  .map(({ stoppedReason, exitCode }) =>
    diagnose({
      kind: 'task',
      containers: [{ name: 'app', ...(exitCode !== undefined && { exitCode }) }],
      ...(stoppedReason !== undefined && { stoppedReason }),
    }),
  );

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
const word = fc.string({ minLength: 1, maxLength: 30 });
const image: fc.Arbitrary<ImageFacts> = fc.record(
  {
    repository: word,
    reference: word,
    exists: fc.boolean(),
    pushedAt: instant,
    newest: fc.record({ tag: word, pushedAt: instant }),
    platforms: fc.array(word),
  },
  { requiredKeys: ['repository', 'reference', 'exists'] },
);
const memory: fc.Arbitrary<MemoryFacts> = fc.record({
  namespace: word,
  peak: fc.double({ min: 0, max: 300, noNaN: true }),
  at: instant,
});
const targetHealth: fc.Arbitrary<TargetHealthFacts> = fc.record({
  targetGroup: word,
  protocol: word,
  port: fc.oneof(word, fc.constant('traffic-port')),
  interval: fc.nat(300),
  healthyThreshold: fc.nat(10),
  targets: fc.array(
    fc.record({
      id: word,
      port: fc.nat(65_535),
      state: word,
      reason: fc.oneof(word, fc.constantFrom('Target.Timeout', 'Target.ResponseCodeMismatch', 'Target.NotInUse')),
      description: word,
    }),
    { maxLength: 5 },
  ),
});
const gathered = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Gathered<Value>> => value.map((one) => found(one));
const facts = fc.record({ image: gathered(image), memory: gathered(memory), targetHealth: gathered(targetHealth) });

const SURENESS: Readonly<Record<Confidence, number>> = { unclear: 0, likely: 1, certain: 2 };

describe('the laws of sharpening', () => {
  it('makes no certainty, changes nobody’s duty, and keeps the evidence', () => {
    fc.assert(
      fc.property(diagnosis, facts, (before, read) => {
        const after = sharpen(before, read);
        expect(SURENESS[after.confidence]).toBeLessThanOrEqual(Math.max(SURENESS[before.confidence], SURENESS.likely));
        expect(after.benign).toBe(before.benign);
        expect(after.evidence.slice(0, before.evidence.length)).toEqual(before.evidence);
        expect(after.evidence).toHaveLength(before.evidence.length + (after.confirmedBy?.length ?? 0));
      }),
      { numRuns: 500 },
    );
  });

  it('never makes out of memory of an exit code', () => {
    fc.assert(
      fc.property(memory, (read) => {
        const killed = diagnose({ kind: 'task', containers: [{ exitCode: 137 }] });
        expect(sharpen(killed, { memory: found(read) }).cause).toBe('memory/sigkill-unexplained');
      }),
    );
  });

  it('leaves a diagnosis alone when the fact is missing', () => {
    const denied = missing('denied', 'not allowed');
    fc.assert(
      fc.property(diagnosis, (before) => {
        expect(sharpen(before, { image: denied, memory: denied, targetHealth: denied })).toEqual(before);
        expect(sharpen(before, {})).toEqual(before);
      }),
    );
  });
});
