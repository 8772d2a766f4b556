import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RIGHT_NAMES } from '../../shared/domain/chat/rights.ts';
import { defaultPolicy, type Policy } from '../../shared/domain/policy.ts';
import { type RouteQuestion, route } from '../../shared/domain/routing.ts';
import { windowsFor } from '../../shared/domain/windows/audience.ts';
import { parsePolicy } from '../../shared/parse/configuration.ts';

const FOLDER = new URL('../../infra/examples/', import.meta.url);
const examples = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const isValid = new Ajv().compile(
  JSON.parse(readFileSync(new URL('../../infra/configuration.schema.json', import.meta.url), 'utf8')) as object,
);

function policyIn(file: string): Policy {
  const parsed = parsePolicy(parse(textOf(file)), defaultPolicy({ destinations: [], lowestSeverity: 'low' }));
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

describe.each(examples)('infra/examples/%s', (file) => {
  it('has no problems for the parser', () => {
    expect(() => policyIn(file)).not.toThrow();
  });

  it('fits the schema that editors use', () => {
    expect(isValid(parse(textOf(file))) ? [] : isValid.errors).toEqual([]);
    expect(textOf(file)).toMatch(/^# yaml-language-server: \$schema=\.\.\/configuration\.schema\.json\n/);
  });

  it('gives rights to somebody, and has windows', () => {
    const { maintenance, chat } = policyIn(file);
    expect(maintenance.windows).not.toEqual([]);
    expect(chat.rights).not.toEqual([]);
  });
});

/** Wed 18 Nov 2026, 12:00 in Prague. */
const NOON = Date.UTC(2026, 10, 18, 11);
/** The same night, 03:00 there. */
const NIGHT = Date.UTC(2026, 10, 18, 2);

const question = (given: Partial<RouteQuestion>): RouteQuestion => ({
  kind: 'incident',
  account: '111122223333',
  region: 'eu-west-1',
  clusters: ['shop-prod'],
  services: ['cart'],
  tags: {},
  cause: 'app/exited-nonzero',
  severity: 'high',
  ...given,
});

function channels(file: string, given: Partial<RouteQuestion>, now = NOON): readonly string[] | string {
  const routed = route(question(given), policyIn(file).routing, now);
  if (routed.kind === 'silent') return routed.reason;
  return routed.destinations.map(({ destination, notBefore }) => {
    const name = destination.kind === 'slack-channel' ? destination.channel : destination.kind;
    return notBefore > now ? `${name} later` : name;
  });
}

describe('ten-teams.yaml', () => {
  it.each<[string, Partial<RouteQuestion>, number, readonly string[] | string]>([
    ['a team hears of what has its tag', { tags: { team: 'orders' } }, NOON, ['C0ORDERS']],
    ['payments are paged as well', { tags: { team: 'payments-eu' } }, NOON, ['C0PAYMENTS', 'sns-topic']],
    ['what nobody claims goes to the platform team', {}, NOON, ['C0PLATFORM']],
    ['a cluster of its own needs no tag', { clusters: ['data-lake'] }, NOON, ['C0DATA']],
    [
      'trouble of the network is two teams’ at once',
      { tags: { team: 'orders' }, cause: 'network/registry-unreachable' },
      NOON,
      ['C0PLATFORM', 'C0ORDERS'],
    ],
    ['the lab is told of the worst alone', { clusters: ['lab-7'], severity: 'medium' }, NOON, 'below-severity'],
    ['and calls nobody else', { clusters: ['lab-7'], tags: { team: 'orders' } }, NOON, ['C0LAB']],
    ['a notice has no tags and goes to the platform team', { kind: 'notice' }, NOON, ['C0PLATFORM']],
    [
      'what is of low severity waits at night',
      { tags: { team: 'orders' }, severity: 'low' },
      NIGHT,
      ['C0ORDERS later'],
    ],
    ['and is told by day', { tags: { team: 'orders' }, severity: 'low' }, NOON, ['C0ORDERS']],
    ['anything worse is told at night', { tags: { team: 'orders' }, severity: 'medium' }, NIGHT, ['C0ORDERS']],
    ['a mute holds until its end', { tags: { team: 'reporting' } }, NOON, 'muted'],
  ])('%s', (_, given, now, expected) => {
    expect(channels('ten-teams.yaml', given, now)).toEqual(expected);
  });
});

describe('production-with-approval.yaml', () => {
  const { maintenance, run, chat } = policyIn('production-with-approval.yaml');
  const windowsOf = (cluster: string) =>
    windowsFor(maintenance.windows, {
      account: '111122223333',
      region: 'eu-west-1',
      cluster,
      service: 'cart',
      tags: {},
    }).windows;

  it('asks two people about production, of whom nobody asked for it', () => {
    expect(windowsOf('prod-eu')).toMatchObject([{ mode: 'approve', budget: { maxFailures: 1, canary: { count: 1 } } }]);
    expect(run).toMatchObject({ votes: 2, approverIsNotRequester: true });
  });

  it('asks nobody about the rest', () => {
    expect(windowsOf('staging-eu')).toMatchObject([{ name: 'staging', mode: 'auto', blockers: [] }]);
  });

  it('leaves no right to whoever is in a channel', () => {
    const given = new Set(chat.rights.flatMap(({ may }) => may));
    expect(RIGHT_NAMES.filter((right) => !given.has(right))).toEqual([]);
  });
});
