import { describe, expect, it } from 'vitest';
import { type CauseId, SEVERITY_OF_CAUSE } from '../../../shared/domain/diagnosis/causes.ts';
import { EXIT_RULES, exitRuleFor } from '../../../shared/domain/diagnosis/exit-code.ts';
import { normalise } from '../../../shared/domain/diagnosis/normalise.ts';
import { ruleFor, TABLE } from '../../../shared/domain/diagnosis/table.ts';

const rules = TABLE.flatMap((area) => area.rules);

describe('the table of rules', () => {
  it.each(rules)('gives $cause for "$example"', (rule) => {
    expect(ruleFor(normalise(rule.example).folded)).toBe(rule);
  });

  it('says of every row why, as a sentence', () => {
    for (const { because } of rules) expect(because).toMatch(/^[A-Z].*\.$/);
  });

  it('is never certain about a fallback', () => {
    const fallbacks: readonly CauseId[] = [
      'image/pull-failed',
      'network/eni-provisioning-failed',
      'secrets/retrieval-failed',
      'logging/driver-failed',
      'storage/volume-failed',
      'health/lb-check-failed',
      'platform/runtime-failure',
    ];
    const last = fallbacks.map((fallback) => rules.findLast(({ cause }) => cause === fallback));
    expect(last.map((rule) => rule?.confidence)).toEqual(fallbacks.map(() => 'unclear'));
  });

  it('leaves no cause without a row, an exit code or a bare stop', () => {
    const named = new Set<string>([...rules, ...EXIT_RULES].map(({ cause }) => cause)).add('app/exit-unknown');
    expect([...named].sort()).toEqual(Object.keys(SEVERITY_OF_CAUSE).sort());
  });

  it('knows nothing about an empty text or an unknown one', () => {
    expect(ruleFor('')).toBeUndefined();
    expect(ruleFor('the cat sat on the mat')).toBeUndefined();
  });
});

describe('exit codes', () => {
  it.each(EXIT_RULES)('$example means $cause', (rule) => {
    expect(exitRuleFor(rule.example)).toBe(rule);
  });

  it.each([
    [126, 'config/command-unusable'],
    [128, 'app/exited-nonzero'],
    [143, 'app/crashed-by-signal'],
    [159, 'app/crashed-by-signal'],
    [160, 'app/exited-nonzero'],
    [255, 'app/exited-nonzero'],
    [-1_073_741_510, 'app/exited-nonzero'],
  ])('%d means %s', (code, cause) => {
    expect(exitRuleFor(code).cause).toBe(cause);
  });
});
