/**
 * What the functions are held against: the handler that many write first for stopped tasks. EventBridge calls it with one
 * event; it logs the event, asks ECS for the service and the task definition, and tells SNS and Slack. It remembers
 * nothing, so every stop is told.
 */

import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
// The package's types know the default export only.
// oxlint-disable-next-line import/no-named-as-default
import middy from '@middy/core';
import type { EventBridgeEvent } from 'aws-lambda';

interface Detail {
  readonly clusterArn: string;
  readonly group: string;
  readonly stoppedReason: string;
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
}

const logger = new Logger({ serviceName: 'reference' });
const ecs = new ECSClient();
const sns = new SNSClient();

async function tell({ detail }: EventBridgeEvent<string, Detail>): Promise<void> {
  const service = detail.group.replace(/^service:/, '');
  const { taskDefinition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: detail.taskDefinitionArn }),
  );
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: detail.clusterArn, services: [service] }));
  const running = `${services?.[0]?.runningCount ?? '?'} of ${services?.[0]?.desiredCount ?? '?'} running`;
  const text = `${service} (${taskDefinition?.family ?? '?'}): ${detail.taskArn} stopped, ${detail.stoppedReason}; ${running}`;
  await sns.send(
    new PublishCommand({ TopicArn: process.env['TOPIC_ARN'], Subject: `${service} stopped`, Message: text }),
  );
  const answer = await fetch(process.env['SLACK_WEBHOOK_URL'] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  if (!answer.ok) throw new Error(`Slack answered ${answer.status}`);
}

export const handler = middy(tell).use(injectLambdaContext(logger, { logEvent: true }));
