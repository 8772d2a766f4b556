import { describe, expect, it } from 'vitest';
import { type KnownAccount, placesToWatch } from '../../shared/domain/accounts.ts';
import { decideIncident } from '../../shared/domain/decide.ts';
import { hours, minutes } from '../../shared/domain/instant.ts';
import { nameFrom, type Place, placeKey, placeOfArn } from '../../shared/domain/place.ts';
import { inspect } from '../../shared/domain/watchdog.ts';
import { renderNotification } from '../../shared/render/notification.ts';
import { anObservation, NOON, POLICY } from '../support/observations.ts';
import { anEmptyService } from '../support/swept-services.ts';

const HOME: Place = { partition: 'aws-us-gov', account: '111122223333', region: 'us-gov-west-1' };
const PAYMENTS: KnownAccount = { id: '222233334444', name: 'payments-prod', regions: ['us-gov-west-1'] };

describe('the places that are watched', () => {
  it.each<readonly [string, readonly KnownAccount[], readonly string[]]>([
    ['are home alone without accounts', [], ['111122223333/us-gov-west-1']],
    ['begin with home', [PAYMENTS], ['111122223333/us-gov-west-1', '222233334444/us-gov-west-1']],
    [
      'have home once, and further Regions of its account',
      [{ id: HOME.account, regions: ['us-gov-east-1', 'us-gov-west-1'] }],
      ['111122223333/us-gov-west-1', '111122223333/us-gov-east-1'],
    ],
    ['have nothing of an account without Regions', [{ ...PAYMENTS, regions: [] }], ['111122223333/us-gov-west-1']],
  ])('%s', (_sentence, accounts, keys) => {
    expect(placesToWatch(HOME, accounts).map(placeKey)).toEqual(keys.map((key) => `aws-us-gov/${key}`));
  });
});

describe('the name of an account', () => {
  const said = (accounts: readonly KnownAccount[]): string => {
    const { account } = anObservation().subject.at;
    const policy = { ...POLICY, accounts: accounts.map((one) => ({ ...one, id: account })) };
    const { next } = decideIncident([anObservation()], undefined, { policy, now: NOON, deadline: NOON + minutes(1) });
    if (next === undefined) throw new Error('nothing was recorded');
    return renderNotification(next).message;
  };

  it('stands beside its id in a message where the configuration tells it', () => {
    expect(said([PAYMENTS])).toContain('account 111122223333 (payments-prod)');
  });

  it('changes nothing where it does not', () => {
    expect(said([])).toMatch(/account 111122223333(?! \()/);
    const { name: _, ...unnamed } = PAYMENTS;
    expect(said([unnamed])).toBe(said([]));
  });
});

describe('services of one name in two accounts', () => {
  it('are two services to the watchdogs', () => {
    const there = anEmptyService();
    const here = { ...there, at: { ...there.at, account: '222233334444' } };
    const { memory } = inspect([there, here], {}, NOON);
    expect(Object.keys(memory)).toHaveLength(2);
    // Well in one account, which says nothing of the other.
    const well = { ...here, facts: { ...here.facts, running: here.facts.desired } };
    const { findings } = inspect([there, well], memory, NOON + hours(0.25));
    expect(findings.map(({ service }) => service.at.account)).toEqual([there.at.account]);
  });

  it('are told apart by people: at home by their name, elsewhere with account and Region', () => {
    const at = { ...HOME, cluster: 'harbor-prod', service: 'checkout' };
    expect(nameFrom(HOME, at)).toBe('harbor-prod/checkout');
    expect(nameFrom(HOME, { ...at, region: 'us-gov-east-1' })).toBe('111122223333/us-gov-east-1/harbor-prod/checkout');
  });
});

it('an ARN says where it is', () => {
  expect(placeOfArn('arn:aws-us-gov:ecs:us-gov-west-1:111122223333:cluster/a')).toEqual(HOME);
});
