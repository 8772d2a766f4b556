import { ECSClient } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServer, startAws } from '../../sandbox/aws/server.ts';
import { createEstate } from '../../sandbox/estate/estate.ts';
import { known } from '../../shared/domain/facts.ts';
import type { TaskStopped } from '../../shared/domain/signal.ts';
import { taskEvent } from '../../shared/effects/readers/task-event.ts';
import { createTaskReader } from '../../shared/effects/readers/task-reader.ts';
import { parseEvent } from '../../shared/parse/index.ts';
import { eventFiles, eventIn } from '../support/event-files.ts';
import { NOW } from './command.ts';

/** The stop that a file tells of, if it tells of one. */
const stopIn = (path: string): TaskStopped | undefined => {
  const parsed = parseEvent(eventIn(path));
  return parsed.status === 'parsed' && parsed.signal.kind === 'task-stopped' ? parsed.signal : undefined;
};
const stops = eventFiles.filter((path) => path.startsWith('ecs/') && stopIn(path) !== undefined);

describe('a task that the API describes', () => {
  const estate = createEstate();
  let aws: AwsServer;
  beforeAll(async () => {
    aws = await startAws(estate, new Map());
    for (const path of stops) estate.learn(eventIn(path));
  });
  afterAll(() => aws[Symbol.asyncDispose]());

  it.each(stops)('says what its event said: %s', async (path) => {
    const stop = stopIn(path);
    if (stop === undefined) throw new Error(`${path} is no stop`);
    const { task } = stop.state;
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new ECSClient({ endpoint: aws.url, region: task.region, credentials });
    const detail = known(await createTaskReader({ clientsAt: () => ({ ecs: client }) }).describeTask(task));
    if (detail === undefined) throw new Error(`the account does not know ${task.arn}`);
    const parsed = parseEvent(taskEvent(task, detail, NOW));
    expect(parsed).toMatchObject({ status: 'parsed', signal: { kind: 'task-stopped', state: stop.state } });
  });
});
