import { expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { accountText } from '../../../shared/domain/plan/account.ts';
import type { AccountFacts } from '../../../shared/domain/plan/situation.ts';

const window = (matches: readonly string[]) => found([{ name: 'nights', when: 'Sun 02:00-06:00 UTC', matches }]);
const unread = missing('denied', 'the call is not allowed');

it.each<[string, AccountFacts, string]>([
  [
    'settings alone',
    { waitPeriod: found(7), eventWindows: found(false), matching: found([]) },
    'wait period 7 days, event windows off',
  ],
  [
    'windows of everything',
    { waitPeriod: found(14), eventWindows: found(true), matching: window(['all']) },
    'wait period 14 days, event windows on (nights: Sun 02:00-06:00 UTC for all Fargate tasks)',
  ],
  [
    'windows of a service and a cluster',
    {
      waitPeriod: found(0),
      eventWindows: found(true),
      matching: window([
        'arn:aws:ecs:eu-west-1:111122223333:service/harbor-prod/checkout',
        'arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-lab',
      ]),
    },
    'wait period 0 days, event windows on (nights: Sun 02:00-06:00 UTC for harbor-prod/checkout, harbor-lab)',
  ],
  [
    'what could not be read',
    { waitPeriod: unread, eventWindows: unread, matching: unread },
    'wait period not known, event windows not known',
  ],
])('the account in words: %s', (_, facts, text) => {
  expect(accountText(facts)).toBe(text);
});
