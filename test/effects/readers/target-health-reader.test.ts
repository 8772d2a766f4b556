import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, known, missing } from '../../../shared/domain/facts.ts';
import { createTargetHealthReader } from '../../../shared/effects/readers/target-health-reader.ts';
import { aBudget, awsError, never } from '../failing.ts';

const client = new ElasticLoadBalancingV2Client({ region: 'eu-west-1' });
const elb = mockClient(client);
beforeEach(() => elb.reset());

const ARN = 'arn:aws-cn:elasticloadbalancing:cn-north-1:111122223333:targetgroup/harbor-web/0123456789abcdef';
const PLACE = { partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' };
const read = (budget = aBudget().budget) =>
  createTargetHealthReader({ clientsAt: () => ({ loadBalancing: async () => client }), budget })(ARN, PLACE);

const unhealthy = (Id: string) => ({
  Target: { Id, Port: 3000 },
  TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' } as const,
});

describe('the health of targets', () => {
  it('is told with what the health check asks', async () => {
    elb.on(DescribeTargetGroupsCommand, { TargetGroupArns: [ARN] }).resolves({
      TargetGroups: [
        {
          HealthCheckProtocol: 'HTTP',
          HealthCheckPort: 'traffic-port',
          HealthCheckPath: '/healthz',
          Matcher: { HttpCode: '200-299' },
          HealthCheckTimeoutSeconds: 5,
          HealthCheckIntervalSeconds: 30,
          HealthyThresholdCount: 5,
          UnhealthyThresholdCount: 2,
        },
      ],
    });
    elb.on(DescribeTargetHealthCommand, { TargetGroupArn: ARN }).resolves({
      TargetHealthDescriptions: [unhealthy('10.0.0.1'), { Target: { Id: '10.0.0.2' } }],
    });
    expect(await read()).toEqual(
      found({
        targetGroup: 'harbor-web',
        protocol: 'HTTP',
        port: 'traffic-port',
        path: '/healthz',
        matcher: '200-299',
        timeout: 5,
        interval: 30,
        healthyThreshold: 5,
        unhealthyThreshold: 2,
        targets: [
          {
            id: '10.0.0.1',
            port: 3000,
            state: 'unhealthy',
            reason: 'Target.Timeout',
            description: 'Request timed out',
          },
          { id: '10.0.0.2', state: 'unknown' },
        ],
      }),
    );
  });

  it('keeps the first 20 targets, and gRPC codes where there are no others', async () => {
    elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [{ Matcher: { GrpcCode: '0-99' } }] });
    const TargetHealthDescriptions = Array.from({ length: 25 }, (_, index) => unhealthy(`10.0.0.${index}`));
    elb.on(DescribeTargetHealthCommand).resolves({ TargetHealthDescriptions });
    const facts = known(await read());
    expect(facts?.matcher).toBe('0-99');
    expect(facts?.targets.map(({ id }) => id)).toEqual(
      TargetHealthDescriptions.slice(0, 20).map(({ Target }) => Target.Id),
    );
  });
});

describe('the health of targets is missing', () => {
  const action = 'elasticloadbalancing:DescribeTargetHealth';
  it.each([
    ['AccessDenied', 'denied', `${action} is not allowed for this function`],
    ['TargetGroupNotFoundException', 'not-found', 'the target group harbor-web does not exist any more'],
    ['Throttling', 'throttled', `AWS throttled ${action}`],
  ] as const)('after %s', async (name, reason, because) => {
    elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [] });
    elb.on(DescribeTargetHealthCommand).rejects(awsError(name));
    expect(await read()).toEqual(missing(reason, because));
  });

  it('when it does not come in time', async () => {
    elb.onAnyCommand().callsFake(never);
    const { budget, spend } = aBudget();
    const answer = read(budget);
    spend();
    expect(await answer).toEqual(missing('timeout', `${action} did not answer in time`));
  });
});
