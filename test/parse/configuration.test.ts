import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../shared/domain/instant.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import { parsePolicy } from '../../shared/parse/configuration.ts';
import { BAD_DOCUMENTS, GOOD_DOCUMENTS, TOPIC } from './configuration-documents.ts';

const DEFAULTS = defaultPolicy({
  destinations: [{ kind: 'slack-channel', channel: 'C0DEFAULT' }],
  lowestSeverity: 'medium',
});

const problemsOf = (document: unknown): readonly string[] => {
  const parsed = parsePolicy(document, DEFAULTS);
  return parsed.status === 'valid' ? [] : parsed.problems.map(({ path, expected }) => `${path}: ${expected}`);
};

const policyOf = (document: unknown) => {
  const parsed = parsePolicy(document, DEFAULTS);
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
};

describe('a good configuration document', () => {
  it.each(GOOD_DOCUMENTS)('$what has no problem', ({ document }) => {
    expect(problemsOf(document)).toEqual([]);
  });

  it('that says nothing is the defaults', () => {
    expect(policyOf({ version: 1 })).toEqual(DEFAULTS);
  });

  it('is read into numbers, rules and periods', () => {
    const policy = policyOf({
      version: 1,
      defaults: { to: [{ slack: 'webhook' }], mention: ['S0ONCALL'] },
      lowestSeverity: 'low',
      storm: { minutes: 2 },
      repeatAfterHours: 0,
      quietAfterHours: 1,
      holdDownMinutes: 10,
      redeploy: { votes: 2, approverIsNotRequester: false, bakeMinutes: 15 },
      chat: { rights: [{ may: ['approve'], who: ['S0SRE'], where: { clusters: ['prod-*'] } }] },
      accounts: [{ id: '222233334444', name: 'payments-prod', regions: ['us-east-1'] }, { id: '333344445555' }],
      routes: [
        {
          name: 'payments',
          when: { clusters: ['prod-*'], tags: { team: ['payments'] }, severity: 'high' },
          to: [{ slack: 'C0PAY' }, { topic: TOPIC }],
          mention: ['S0PAY', 'U0BOB'],
          lowestSeverity: 'high',
          last: true,
        },
        { name: 'the rest', to: [] },
      ],
      quietHours: [{ zone: 'Europe/Prague', from: '22:30', to: '24:00', days: ['fri'] }],
      mutes: [{ when: { services: ['lab'] }, until: '2026-12-01T09:00+01:00', reason: 'load test' }],
    });
    expect(policy).toEqual({
      routing: {
        destinations: [{ kind: 'slack-webhook' }],
        mentions: ['S0ONCALL'],
        lowestSeverity: 'low',
        rules: [
          {
            name: 'payments',
            when: { clusters: ['prod-*'], tags: { team: ['payments'] }, severity: 'high' },
            destinations: [
              { kind: 'slack-channel', channel: 'C0PAY' },
              { kind: 'sns-topic', topicArn: TOPIC },
            ],
            mentions: ['S0PAY', 'U0BOB'],
            lowestSeverity: 'high',
            isLast: true,
          },
          { name: 'the rest', when: {}, destinations: [], mentions: [], isLast: false },
        ],
        quietHours: [{ when: {}, zone: 'Europe/Prague', from: minutes(22 * 60 + 30), to: hours(24), days: ['fri'] }],
        mutes: [{ when: { services: ['lab'] }, until: Date.UTC(2026, 11, 1, 8), reason: 'load test' }],
      },
      storm: { incidents: 10, within: minutes(2) },
      repeatAfter: undefined,
      quietAfter: hours(1),
      holdDown: minutes(10),
      maintenance: { windows: [], freezes: [] },
      run: { votes: 2, approverIsNotRequester: false, onDeadline: 'handover', bake: minutes(15) },
      chat: { rights: [{ may: ['approve'], who: ['S0SRE'], where: { clusters: ['prod-*'] } }] },
      accounts: [
        { id: '222233334444', name: 'payments-prod', regions: ['us-east-1'] },
        { id: '333344445555', regions: [] },
      ],
    });
  });
});

describe('a bad configuration document', () => {
  it.each(BAD_DOCUMENTS)('$what is told as $problems', ({ document, problems }) => {
    const told = problemsOf(document);
    expect(told).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(told[index]).toContain(problem);
  });

  it('has all its problems told at once', () => {
    expect(
      problemsOf({
        version: 2,
        routes: [{ name: 'a', to: 'C0PAY', wehn: {} }, { name: 'a', to: [{ slack: '#pay' }] }, 'b'],
        mutes: [{ when: {}, from: '2026-12-02T00:00:00Z', until: '2026-12-01T00:00:00Z' }],
      }).map((problem) => problem.split(':')[0]),
    ).toEqual([
      'version',
      'routes[0].to',
      'routes[0].wehn',
      'routes[1].to[0].slack',
      'routes[2]',
      'routes[1].name',
      'mutes[0].reason',
      'mutes[0].until',
    ]);
  });

  it('may be too large, or hold itself', () => {
    const large = { version: 1, mutes: [{ when: { services: ['x'.repeat(100_000)] } }] };
    expect(problemsOf(large)).toEqual(['document: at most 100000 bytes as JSON']);
    const circular: Record<string, unknown> = { version: 1 };
    circular['defaults'] = circular;
    expect(problemsOf(circular)).toEqual(['document: values that do not contain themselves']);
  });

  it('never has a value of it repeated', () => {
    const secret = 'https://hooks.slack.com/services/T0/B0/hunter2';
    const anywhere = {
      name: secret,
      when: { severity: secret, causes: [secret], [secret]: 1 },
      to: [{ slack: secret }],
    };
    const document = { version: secret, routes: [anywhere], quietHours: [{ zone: secret, from: secret, to: secret }] };
    const told = problemsOf({ ...document, 'xoxb-000000000000-hunter2hunter2': secret }).join('\n');
    expect(told).toContain('routes[0].when["…"]');
    expect(told).not.toMatch(/hunter2|hooks/);
  });

  it('never makes the parser throw, whatever it holds', () => {
    const keys = ['version', 'routes', 'name', 'when', 'to', 'mutes', 'until', 'tags', '__proto__', 'constructor'];
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(1, null, 'C0PAY', true, -0, [], {}),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value')),
      ),
    }));
    fc.assert(
      fc.property(value, (document) => {
        const parsed = parsePolicy(document, DEFAULTS);
        const told = parsed.status === 'valid' ? 1 : parsed.problems.length;
        expect(told).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
