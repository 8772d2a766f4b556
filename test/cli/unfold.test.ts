import { describe, expect, it } from 'vitest';
import { archiveFingerprint } from '../../shared/domain/fingerprint.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { minutes } from '../../shared/domain/instant.ts';
import { NOON } from '../support/observations.ts';
import { run } from './command.ts';
import { aStormTable } from './storm-table.ts';

const scene = aStormTable();
const SERVICES = ['checkout', 'ledger', 'mail', 'web'];

/** Six new problems: two have a message each, and a digest tells of these four. */
async function aStorm() {
  const { see, digest } = scene();
  await see('api', 'batch', ...SERVICES);
  return digest();
}

const incidents = (): Promise<readonly Incident[]> => Promise.all(SERVICES.map(scene().incident));

const statuses = async (): Promise<readonly string[]> =>
  (await incidents()).flatMap(({ announcements }) => announcements.map(({ status }) => status));

const resolved = (incident: Incident): Incident => ({
  ...incident,
  state: { status: 'resolved', at: NOON, how: 'recovered' },
});

describe('slackwater unfold', () => {
  it('lists what it would do and changes nothing', async () => {
    const { slackwater, digest, told } = scene();
    const storm = await aStorm();
    expect(told.map(({ record }) => record.kind)).toEqual(['incident', 'incident', 'digest']);
    const { out, err, code } = await slackwater('unfold', storm.id);
    expect(out).toMatch(/^dig-\w+ at slack-channel:C0OPS: 4 open problems without a message of their own\n/);
    for (const service of SERVICES) expect(out).toContain(`high    harbor-prod/${service}: memory/container-oom`);
    expect(out).toContain('nothing was changed, --yes does it');
    expect([err, code]).toEqual(['', 0]);
    expect(await digest()).toEqual(storm);
    expect(await statuses()).toEqual(Array(4).fill('folded'));
  });

  it('gives each open problem a message, which the reconciler posts, and the digest says so', async () => {
    const { slackwater, digest, store, incident, told, reconcile } = scene();
    const storm = await aStorm();
    await store.save(resolved(await incident('web')), NOON);
    const { out, code } = await slackwater('unfold', storm.id, '--yes');
    expect(out).toContain('unfolded 3; their messages begin within a minute');
    expect(code).toBe(0);
    expect(await statuses()).toEqual(['untold', 'untold', 'untold', 'folded']);
    expect((await digest()).entries.filter(({ hasOwnMessage }) => hasOwnMessage).map(({ name }) => name)).toEqual([
      'api',
      'batch',
      'checkout',
      'ledger',
      'mail',
    ]);
    told.splice(0);
    await reconcile(NOON + minutes(1));
    const posts = told.filter(({ step }) => step === 'post').map(({ record }) => record);
    expect(posts.map(({ kind }) => kind)).toEqual(['incident', 'incident', 'incident']);
    expect(told.filter(({ step }) => step === 'edit').map(({ record }) => record.kind)).toEqual(['digest']);
    expect(await statuses()).toEqual(['told', 'told', 'told', 'folded']);
  });

  it('finishes what was cut off, and then has nothing to do', async () => {
    const { slackwater, before, digest, told, reconcile } = scene();
    const storm = await aStorm();
    let saves = 0;
    before(async (operation) => {
      // The digest and one problem, and then no more.
      return operation === 'PutItem' && ++saves > 2 ? 'AccessDeniedException' : undefined;
    });
    expect(await slackwater('unfold', storm.id, '--yes')).toMatchObject({ code: 2 });
    expect((await statuses()).toSorted()).toEqual(['folded', 'folded', 'folded', 'untold']);
    before(async () => undefined);
    await slackwater('unfold', storm.id, '--yes');
    const done = [await digest(), await incidents()];
    expect(await slackwater('unfold', storm.id, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('no open problem is without a message of its own'),
    });
    expect([await digest(), await incidents()]).toEqual(done);
    await reconcile(NOON + minutes(1));
    expect(told.filter(({ step, record }) => step === 'post' && record.kind === 'incident')).toHaveLength(6);
  });

  it('keeps what others save meanwhile: problems that grow, that end, and new ones in the digest', async () => {
    const { slackwater, before, at, see, store, incident, digest } = scene();
    const storm = await aStorm();
    let saves = 0;
    before(async (operation) => {
      if (operation !== 'PutItem' || saves++ > 0) return;
      at(NOON + minutes(1));
      await see('checkout', 'late');
      await store.save(resolved(await incident('web')), NOON);
    });
    const { out, code } = await slackwater('unfold', storm.id, '--yes');
    expect(out).toMatch(/inc-\w+: over meanwhile\nunfolded 3;/);
    expect(code).toBe(0);
    expect(await incident('checkout')).toMatchObject({ occurrences: 2, announcements: [{ status: 'untold' }] });
    expect((await digest()).entries.map(({ name, hasOwnMessage }) => [name, hasOwnMessage])).toEqual([
      ...['api', 'batch', ...SERVICES].map((name) => [name, true]),
      ['late', false],
    ]);
  });

  it('finds a digest that is over by the open problems that it told', async () => {
    const { slackwater, store } = scene();
    const { wakeAt: _, ...storm } = await aStorm();
    await store.save({ ...storm, state: 'over' }, NOON);
    expect(await slackwater('unfold', storm.id)).toMatchObject({
      code: 0,
      out: expect.stringContaining('4 open problems'),
    });
  });

  it('answers 1 for a digest whose place another storm has taken, before or meanwhile', async () => {
    const { slackwater, store, before, digest } = scene();
    const storm = await aStorm();
    // The cast is true enough for a test: ids are text.
    const next = { ...storm, id: 'dig-ffffffffff' as typeof storm.id, entries: [] };
    before(async (operation) => {
      if (operation === 'PutItem') await store.save({ ...next, version: (await digest()).version }, NOON);
    });
    expect(await slackwater('unfold', storm.id, '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing was changed, another storm has taken the place'),
    });
    const fingerprint = archiveFingerprint(storm.fingerprint, storm.id);
    await store.save({ ...storm, fingerprint, version: 0 }, NOON);
    expect(await slackwater('unfold', storm.id, '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining(`another storm has taken the place of ${storm.id}`),
    });
    expect(await statuses()).toEqual(Array(4).fill('folded'));
  });

  it('answers 1 for a digest that had no room for all, and says how many stay', async () => {
    const { slackwater, store } = scene();
    const storm = await aStorm();
    await store.save({ ...storm, unlisted: 7 }, NOON);
    expect(await slackwater('unfold', storm.id)).toMatchObject({
      code: 1,
      out: expect.stringContaining('7 more that it had no room to list stay as they are'),
    });
  });

  it('answers 1 for a digest that nobody knows', async () => {
    await aStorm();
    expect(await scene().slackwater('unfold', 'dig-0123456789')).toMatchObject({
      code: 1,
      err: 'slackwater unfold: nothing open is told by a digest called dig-0123456789; "slackwater incidents" lists the digests',
    });
  });

  it.each([
    ['nothing', [], 'the digest is missing; expected one such as dig-4f0c2a9d1e'],
    ['an incident', ['inc-4f0c2a9d1e'], '"inc-4f0c2a9d1e" is not the id of a digest'],
    ['what the terminal would act on', ['dig-\u001b[2J\u202e'], '"dig-" is not the id of a digest'],
    ['two digests', ['dig-1', 'dig-2'], 'give one digest at a time'],
    ['no table', ['dig-1'], '--table'],
  ])('answers 2 for %s', async (_, args, problem) => {
    const { code, err } = await run(['unfold', ...args]);
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });
});
