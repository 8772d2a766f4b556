import { expect, it } from 'vitest';
import { createHandler } from '../../functions/retirement-notice/handler.ts';
import { seconds } from '../../shared/domain/instant.ts';
import { eventIn } from '../support/event-files.ts';
import { aPipeline } from '../support/pipeline.ts';

it('tells of a retirement once and edits the message when the second page arrives', async () => {
  const pipeline = aPipeline();
  const handler = createHandler(pipeline.deps);
  await handler(eventIn('health/retirement-services-page-2-of-2.json'), pipeline.context);
  pipeline.at(pipeline.deps.clock() + seconds(11));
  await handler(eventIn('health/retirement-services-page-1-of-2.json'), pipeline.context);
  expect(pipeline.told.map(({ step }) => step)).toEqual(['post', 'edit']);
  expect(pipeline.told[1]).toMatchObject({ record: { pages: { seen: [1, 2], total: 2 } } });
});

it('is quiet about the copy that AWS sends to the backup Region, and about other services', async () => {
  const pipeline = aPipeline();
  const handler = createHandler(pipeline.deps);
  await handler(eventIn('health/retirement-services-backup-copy.json'), pipeline.context);
  await handler(eventIn('health/other-service-ec2.json'), pipeline.context);
  expect(pipeline.outcomes.map(({ decision, reason }) => `${decision}: ${reason}`)).toEqual([
    'ignored: backup-copy',
    'ignored: not-ecs',
  ]);
});

it.each([
  ['first', ['health/retirement-services-backup-copy.json', 'health/retirement-services.json']],
  ['last', ['health/retirement-services.json', 'health/retirement-services-backup-copy.json']],
])('takes such a copy for the notice itself where it is to, and tells both once, the copy %s', async (_when, files) => {
  const pipeline = aPipeline();
  const handler = createHandler({ ...pipeline.deps, takesCopies: true });
  for (const file of files) await handler(eventIn(file), pipeline.context);
  expect(pipeline.told.map(({ step }) => step)).toEqual(['post']);
  expect(pipeline.outcomes.map(({ decision }) => decision)).toEqual(['told', 'quiet']);
});

it('records a malformed notice with its field instead of failing', async () => {
  const pipeline = aPipeline();
  await createHandler(pipeline.deps)(eventIn('malformed/health-without-event-arn.json'), pipeline.context);
  expect(pipeline.outcomes).toMatchObject([
    { decision: 'malformed', because: expect.stringContaining('detail.eventArn') },
  ]);
});

it('throws what the store throws, so that Lambda delivers the event again', async () => {
  const pipeline = aPipeline();
  const broken = new Error('the table does not answer');
  const store = { ...pipeline.store, load: () => Promise.reject(broken) };
  await expect(
    createHandler({ ...pipeline.deps, store })(eventIn('health/retirement-services.json'), pipeline.context),
  ).rejects.toBe(broken);
});
