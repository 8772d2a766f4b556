import { expect, it } from 'vitest';
import { awsProblem } from './aws-command.ts';

it.each([
  [
    'takes an operation with its options',
    'ecs update-service --cluster c --service s --force-new-deployment',
    undefined,
  ],
  ['takes options of every command', 'ecs list-services --cluster c --query x --output text --max-items 5', undefined],
  ['takes what only the AWS CLI has', 'cloudformation deploy --template-file f --stack-name s', undefined],
  ['takes waiters', 'ecs wait services-stable --cluster c --services s', undefined],
  ['refuses a mistyped operation', 'ecs updat-service', 'ecs has no operation updat-service'],
  ['refuses a mistyped option', 'ecs update-service --forse-new-deployment', 'no option --forse-new-deployment'],
  ['refuses an option of another operation', 'sqs list-queues --queue-url u', 'no option --queue-url'],
  ['refuses a service that it knows nothing of', 'rds reboot', expect.stringContaining('is not installed')],
])('%s', async (_, line, problem) => {
  expect(await awsProblem(['aws', ...line.split(' ')])).toEqual(problem);
});
