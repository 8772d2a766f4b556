import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../../shared/domain/instant.ts';
import type { Place } from '../../../shared/domain/place.ts';
import type { AssumeRole, SessionKeys } from '../../../shared/effects/places/assume-role.ts';
import {
  createMemberCredentials,
  type MemberCredentials,
  noMemberCredentials,
} from '../../../shared/effects/places/member-credentials.ts';
import { NOON } from '../../support/observations.ts';
import { awsError } from '../failing.ts';

const PAYMENTS: Place = { partition: 'aws-us-gov', account: '222233334444', region: 'us-gov-west-1' };
const ROLE = 'arn:aws-us-gov:iam::222233334444:role/slackwater-member';

const keysUntil = (at: number): SessionKeys => ({
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'example',
  sessionToken: 'token',
  expiration: new Date(at),
});

/** Keys on a clock that starts at noon. */
function aWay(assume: AssumeRole = async () => keysUntil(NOON + hours(1))) {
  let now = NOON;
  const asked: string[] = [];
  const credentials = createMemberCredentials({
    role: 'slackwater-member',
    takes: 'infra/member.yaml',
    clock: () => now,
    assume: (roleArn) => {
      asked.push(roleArn);
      return assume(roleArn);
    },
  });
  return { credentials, asked, pass: (milliseconds: number) => (now += milliseconds) };
}

const failure = async (credentials: MemberCredentials): Promise<unknown> =>
  credentials(PAYMENTS).catch((error: unknown) => error);

describe('keys for another account', () => {
  it('are those of its role, in its own partition', async () => {
    const { credentials, asked } = aWay();
    expect(await credentials(PAYMENTS)).toEqual(keysUntil(NOON + hours(1)));
    expect(asked).toEqual([ROLE]);
  });

  it('are asked for once at a time, and serve every Region', async () => {
    const { credentials, asked } = aWay();
    await Promise.all([
      credentials(PAYMENTS),
      credentials(PAYMENTS),
      credentials({ ...PAYMENTS, region: 'elsewhere' }),
    ]);
    expect(asked).toHaveLength(1);
    await credentials({ ...PAYMENTS, account: '333344445555' });
    expect(asked).toHaveLength(2);
  });

  it('are renewed five minutes before they expire', async () => {
    const { credentials, asked, pass } = aWay();
    await credentials(PAYMENTS);
    pass(minutes(55) - 1);
    await credentials(PAYMENTS);
    expect(asked).toHaveLength(1);
    pass(1);
    await credentials(PAYMENTS);
    expect(asked).toHaveLength(2);
  });

  it('are not asked for again for a minute after they were refused, however many ask', async () => {
    const { credentials, asked, pass } = aWay(() => Promise.reject(awsError('AccessDenied')));
    for (let second = 0; second < 60; second++) {
      await failure(credentials);
      pass(seconds(1));
    }
    expect(asked).toHaveLength(1);
    await failure(credentials);
    expect(asked).toHaveLength(2);
  });

  it.each([
    [
      'AccessDenied',
      {
        reason: 'denied',
        retryable: false,
        message:
          'account 222233334444 does not let this installation in by its role slackwater-member: deploy infra/member.yaml there, with this account as its hub',
      },
    ],
    [
      'ThrottlingException',
      {
        reason: 'throttled',
        retryable: true,
        message: 'the role slackwater-member of account 222233334444 could not be assumed (ThrottlingException)',
      },
    ],
    ['RegionDisabledException', { reason: 'failed', retryable: true }],
  ])('are missing with what to do about it where STS answers %s', async (name, told) => {
    const { credentials } = aWay(() => Promise.reject(awsError(name)));
    expect(await failure(credentials)).toMatchObject({ code: 'place-unreachable', ...told });
  });

  it('are missing where the installation has no role for it', async () => {
    expect(await failure(noMemberCredentials('infra/member.yaml'))).toMatchObject({
      reason: 'denied',
      message:
        'account 222233334444 in us-gov-west-1 is not where this installation runs, and it has no role to go there with: set OrganizationId of this stack, and deploy infra/member.yaml there',
    });
  });

  it('are forgotten in the order in which accounts were asked for, so that a great organisation has room', async () => {
    const { credentials, asked } = aWay();
    const accounts = Array.from({ length: 501 }, (_, index) => String(100_000_000_000 + index));
    for (const account of accounts) await credentials({ ...PAYMENTS, account });
    await credentials({ ...PAYMENTS, account: accounts.at(-1) ?? '' });
    expect(asked).toHaveLength(501);
    await credentials({ ...PAYMENTS, account: accounts[0] ?? '' });
    expect(asked).toHaveLength(502);
  });
});
