import { describe, expect, it } from 'vitest';
import { serviceNamed } from '../../../../functions/slack-worker/commands/service-named.ts';
import { serviceArn } from '../../../../shared/domain/place.ts';
import { anIncident, CLUSTER } from '../../../support/records.ts';

const HOME = { partition: CLUSTER.partition, account: CLUSTER.account, region: CLUSTER.region };
const ELSEWHERE = { ...CLUSTER, account: '222233334444' };

const about = (at: typeof CLUSTER, service = 'checkout') => anIncident({ subject: { kind: 'service', at, service } });
const arnOf = (at: typeof CLUSTER, service = 'checkout'): string => serviceArn({ ...at, service });

describe('the service that somebody means', () => {
  const named = (text: string, ...records: readonly ReturnType<typeof about>[]): string => {
    const answer = serviceNamed(text, HOME, records);
    return 'misuse' in answer ? answer.misuse : serviceArn(answer);
  };
  const NAME = 'harbor-prod/checkout';
  const WHOLE = '222233334444/eu-west-1/harbor-prod/checkout';

  it.each<readonly [string, string, readonly ReturnType<typeof about>[], string]>([
    ['is at home by its name', NAME, [], arnOf(CLUSTER)],
    ['is at home although others are open elsewhere', NAME, [about(ELSEWHERE, 'ledger')], arnOf(CLUSTER)],
    ['is the one that is open, although elsewhere', NAME, [about(ELSEWHERE)], arnOf(ELSEWHERE)],
    ['is elsewhere by its whole name', WHOLE, [about(CLUSTER)], arnOf(ELSEWHERE)],
    ['is elsewhere by its ARN', arnOf(ELSEWHERE), [about(CLUSTER)], arnOf(ELSEWHERE)],
    ['is elsewhere by its name alone', 'checkout', [about(ELSEWHERE)], arnOf(ELSEWHERE)],
  ])('%s', (_sentence, text, records, arn) => {
    expect(named(text, ...records)).toBe(arn);
  });

  it.each([NAME, 'checkout'])('has to be said whole where several are open that are called %s', (text) => {
    const answer = named(text, about(CLUSTER), about(ELSEWHERE), about(ELSEWHERE));
    expect(answer).toBe(`There are several services called checkout: give one of ${WHOLE}, ${NAME}.`);
  });

  it.each(['222233334444/eu-west-1/harbor-prod', 'a/b/c', '2222/eu-west-1/a/b'])('is none of “%s”', (text) => {
    expect(named(text)).toContain('is not the name of a service');
  });
});
