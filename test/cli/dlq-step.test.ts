import { execFileSync } from 'node:child_process';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { openLetter } from '../../cli/dlq/letter.ts';
import { stepFor } from '../../cli/dlq/step.ts';
import { FUNCTION_ARN, failedInvocation, MISSED_RUN, OUT_OF_MEMORY, RETIREMENT, UNDELIVERED } from './dlq-broker.ts';

type Attributes = Readonly<Record<string, string>>;

const letter = (body: string, attributes: Attributes = {}) =>
  openLetter({ id: '5d1c8a3e', receipt: 'receipt', body, received: 1, attributes });

const OF_HEALTH: Attributes = { ...UNDELIVERED, TARGET_ARN: FUNCTION_ARN };

describe('stepFor', () => {
  it.each<[string, string, Attributes, string]>([
    ['an ECS event is sent', OUT_OF_MEMORY, UNDELIVERED, 'send'],
    ['an ECS event without any attribute is sent', OUT_OF_MEMORY, {}, 'send'],
    ['a Health notice stays: the queue of ECS events would drop it', RETIREMENT, OF_HEALTH, 'keep'],
    ['a Health notice stays even if nothing says whose it is', RETIREMENT, {}, 'keep'],
    ['a Health notice that its function failed to take stays', failedInvocation(RETIREMENT), {}, 'keep'],
    ['an ECS event that a function was invoked with stays', failedInvocation(OUT_OF_MEMORY), {}, 'keep'],
    ['a run of the reconciler is dropped', '{}', MISSED_RUN, 'drop'],
    ['an event of anybody else stays', '{"source":"my.app","detail-type":"Order"}', UNDELIVERED, 'keep'],
    ['a text that is no event stays', 'not json', UNDELIVERED, 'keep'],
  ])('of what reached no function: %s', (_, body, attributes, kind) => {
    expect(stepFor(letter(body, attributes), false).kind).toBe(kind);
  });

  it.each([OUT_OF_MEMORY, RETIREMENT, 'not json'])('sends back whatever a queue gave up: %.40s', (body) => {
    expect(stepFor(letter(body), true)).toEqual({ kind: 'send' });
  });

  it('says nothing to run where no function is known', () => {
    expect(stepFor(letter(RETIREMENT), false)).not.toHaveProperty('run');
  });

  test.prop([fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))], { numRuns: 25 })(
    'prints a command that hands the very same event to the function, through any shell',
    (detail) => {
      const event = {
        source: 'aws.health',
        'detail-type': 'AWS Health Event',
        detail: { ...detail, quote: `it's "$HOME"` },
      };
      const step = stepFor(letter(failedInvocation(JSON.stringify(event))), false);
      const run = step.kind === 'keep' ? (step.run ?? '') : '';
      expect(run).toMatch(/^[ -~]+$/);
      const given = argumentsOf(run);
      expect(JSON.parse(given[given.indexOf('--payload') + 1] ?? '')).toEqual(event);
      expect(given.slice(0, 6)).toEqual(['lambda', 'invoke', '--region', 'eu-west-1', '--function-name', FUNCTION_ARN]);
    },
  );
});

/** What a shell would call the AWS CLI with. */
const argumentsOf = (command: string): readonly string[] =>
  execFileSync('sh', ['-c', String.raw`aws() { printf '%s\n' "$@"; }; ${command}`], { encoding: 'utf8' }).split('\n');
