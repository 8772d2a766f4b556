import { describe, expect, it } from 'vitest';
import { COMPANY } from '../../sandbox/estate/company.ts';
import { createMembers } from '../../sandbox/members/members.ts';

const PAYMENTS = '222233334444';
const NOW = Date.UTC(2026, 10, 17);
const members = createMembers(
  [
    { account: PAYMENTS, region: 'us-east-1' },
    { account: '333344445555', region: 'eu-west-1', roles: [] },
  ],
  () => NOW,
);

const clusterIn = (account: string, region: string) => ({
  cluster: `arn:aws:ecs:${region}:${account}:cluster/harbor-prod`,
});
const THERE = clusterIn(PAYMENTS, 'us-east-1');
const [HOME, READ, REDEPLOY] = ['sandbox', `ASIA${PAYMENTS}READ`, `ASIA${PAYMENTS}REDEPLOY`];
const REFUSED = {
  status: 403,
  type: 'AccessDeniedException',
  message: expect.stringContaining('is not authorized to perform'),
};

describe('the AWS of several accounts', () => {
  it.each<readonly [string, string, object, string, string]>([
    ["home's keys in another account", 'ecs:DescribeServices', THERE, HOME, 'us-east-1'],
    ["home's keys in another Region", 'ecs:ListClusters', {}, HOME, 'us-east-1'],
    [
      "a member's keys for what is at home",
      'ecs:DescribeServices',
      clusterIn(COMPANY.account, 'us-east-1'),
      READ,
      'us-east-1',
    ],
    ["a member's keys for another Region than the one asked", 'ecs:ListTasks', THERE, READ, 'eu-west-1'],
    ['a change with the keys for reading', 'ecs:UpdateService', THERE, READ, 'us-east-1'],
    ['a read with the keys for redeployments', 'ecs:DescribeServices', THERE, REDEPLOY, 'us-east-1'],
  ])('refuses %s', (_what, action, input, keyId, region) => {
    expect(members.answer({ action, input: { ...input } }, { keyId, region })).toMatchObject(REFUSED);
  });

  it('leaves to home what is for home', () => {
    const call = { action: 'ecs:DescribeServices', input: clusterIn(COMPANY.account, COMPANY.region) };
    expect(members.answer(call, { keyId: HOME, region: COMPANY.region })).toBeUndefined();
  });

  it('answers there with what is there, under its own account and Region', () => {
    const call = { action: 'ecs:ListClusters', input: {} };
    expect(members.answer(call, { keyId: READ, region: 'us-east-1' })).toMatchObject({
      clusterArns: expect.arrayContaining([`arn:aws:ecs:us-east-1:${PAYMENTS}:cluster/harbor-prod`]),
    });
  });

  const assume = (account: string, role: string, keyId = HOME) =>
    members.answer(
      { action: 'sts:AssumeRole', input: { RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 's' } },
      { keyId, region: COMPANY.region },
    );

  it('hands out keys for roles that are there, and to home alone', () => {
    expect(assume(PAYMENTS, 'slackwater-member')).toMatchObject({ Credentials: { AccessKeyId: READ } });
    expect(assume(PAYMENTS, 'slackwater-member-redeploy')).toMatchObject({ Credentials: { AccessKeyId: REDEPLOY } });
    expect(assume('333344445555', 'slackwater-member')).toMatchObject({ type: 'AccessDenied' });
    expect(assume('555566667777', 'slackwater-member')).toMatchObject({ type: 'AccessDenied' });
    expect(assume(PAYMENTS, 'slackwater-member', READ)).toMatchObject({ type: 'AccessDenied' });
  });
});
