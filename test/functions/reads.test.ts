import { describe, expect, it } from 'vitest';
import { readTargetHealth } from '../../functions/ecs-events/reads.ts';
import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import { missing } from '../../shared/domain/facts.ts';
import { aPipeline } from '../support/pipeline.ts';
import { CLUSTER } from '../support/records.ts';

const arn = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`;

async function askedFor(message: string, ofService: readonly string[]): Promise<readonly string[]> {
  const asked: string[] = [];
  const targetHealth = async (targetGroupArn: string) => {
    asked.push(targetGroupArn);
    return missing('not-applicable', 'not read in this test');
  };
  await readTargetHealth(
    ofService,
    { ...diagnose({ kind: 'service', message }), at: CLUSTER },
    { ...aPipeline().deps, targetHealth },
  );
  return asked;
}

describe('the target group that is asked about', () => {
  it.each([
    ['by ARN', `Task failed ELB health checks in (target-group ${arn('green')})`, arn('green')],
    [
      'by name',
      '(service api) (port 8080) is unhealthy in (target-group green) due to (reason Request timed out)',
      arn('green'),
    ],
    ['not at all, so it is the first', 'Task failed ELB health checks', arn('blue')],
    [
      'by the beginning of another name, so it is the first',
      'Task failed ELB health checks in (target-group gre)',
      arn('blue'),
    ],
  ])('is named %s', async (_, message, expected) => {
    expect(await askedFor(message, [arn('blue'), arn('green')])).toEqual([expected]);
  });

  it('need not be one that the service is known to have', async () => {
    expect(await askedFor(`Task failed ELB health checks in (target-group ${arn('green')})`, [])).toEqual([
      arn('green'),
    ]);
  });

  it('is none where there is none', async () => {
    expect(await askedFor('Task failed ELB health checks', [])).toEqual([]);
  });
});
