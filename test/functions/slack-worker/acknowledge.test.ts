import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../shared/domain/incident.ts';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import { anIncident, SEEN_AT } from '../../support/records.ts';
import { ADA, aWorker, BOB, CHANNEL, textOf, type Worker } from './worker.ts';

/** Told ten minutes ago. */
const TOLD: Incident = anIncident({
  announcements: [
    {
      status: 'told',
      destination: { kind: 'slack-channel', channel: CHANNEL },
      receipt: { channel: CHANNEL, ts: '1.0' },
      revision: 1,
      said: 0,
      attempts: 0,
      notBefore: 0,
      at: SEEN_AT - minutes(10),
    },
  ],
});

async function withIncident(worker: Worker, incident: Incident = TOLD): Promise<Incident> {
  worker.at(SEEN_AT);
  await worker.deps.store.save(incident, SEEN_AT);
  return incident;
}

const takerOf = async (worker: Worker) => {
  const record = await worker.deps.store.load(TOLD.fingerprint);
  return record?.kind === 'incident' && record.state.status === 'open' ? record.state.acknowledged?.by : undefined;
};

describe('a click on Acknowledge', () => {
  it('takes the incident, and its message is the answer', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker);
    expect(await worker.click('acknowledge', incident)).toMatchObject({ decision: 'done' });
    expect(await takerOf(worker)).toBe(ADA);
    expect(worker.shown).toEqual([]);
    expect(worker.told.map(({ step }) => step)).toContain('edit');
    expect(await worker.trail()).toEqual([
      { by: ADA, action: 'acknowledge', target: 'harbor-prod/checkout', verdict: 'done' },
    ]);
  });

  it('answers in words where no message can say it now', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker, { ...TOLD, announcements: [] });
    await worker.click('acknowledge', incident);
    expect(textOf(worker)).toContain('Its message says so within a minute.');
  });

  it('tells the slower of two who was faster', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker);
    await Promise.all([worker.click('acknowledge', incident), worker.click('acknowledge', incident, { by: BOB })]);
    const taker = await takerOf(worker);
    expect([ADA, BOB]).toContain(taker);
    expect(worker.shown).toHaveLength(1);
    expect(textOf(worker)).toContain(`${taker} was faster`);
    expect((await worker.trail()).map(({ verdict }) => verdict).toSorted()).toEqual(['done', 'refused']);
  });

  it('has one effect when it is clicked twice', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker);
    await worker.click('acknowledge', incident);
    const version = (await worker.deps.store.load(incident.fingerprint))?.version;
    expect(await worker.click('acknowledge', incident)).toMatchObject({ decision: 'refused' });
    expect((await worker.deps.store.load(incident.fingerprint))?.version).toBe(version);
  });

  it('is out of date once the incident stands otherwise', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker, { ...TOLD, reopened: 1 });
    expect(await worker.click('acknowledge', incident, { bind: 'inc-4f0c2a9d1e.0' })).toMatchObject({
      decision: 'refused',
    });
    expect(textOf(worker)).toContain('out of date');
    expect(await takerOf(worker)).toBeUndefined();
  });

  it('says so when the incident is not kept any more', async () => {
    const worker = aWorker();
    worker.at(SEEN_AT);
    expect(await worker.click('acknowledge', TOLD)).toMatchObject({ decision: 'refused' });
  });
});

describe('who may not', () => {
  const person = { id: ADA, groups: [], isBot: false, isGuest: false, isForeign: false } as const;
  it.each([
    ['a bot', { status: 'known', person: { ...person, isBot: true } }],
    ['a guest', { status: 'known', person: { ...person, isGuest: true } }],
    ['somebody of another workspace', { status: 'known', person: { ...person, isForeign: true } }],
    ['somebody whom Slack does not name', { status: 'unknown', because: 'Slack did not say who you are.' }],
  ] as const)('%s changes nothing, hears why, and is in the audit trail', async (_, found) => {
    const worker = aWorker({ person: () => found });
    const incident = await withIncident(worker);
    expect(await worker.click('acknowledge', incident)).toMatchObject({ decision: 'refused' });
    expect(worker.shown).toHaveLength(1);
    expect(await takerOf(worker)).toBeUndefined();
    expect(await worker.trail()).toMatchObject([{ by: ADA, verdict: 'refused' }]);
  });

  it('names the right that is missing', async () => {
    const worker = aWorker({ rights: [{ may: ['acknowledge'], who: [BOB] }] });
    const incident = await withIncident(worker);
    await worker.click('acknowledge', incident);
    expect(textOf(worker)).toBe('You do not have the right acknowledge.');
  });

  it('decides nothing in a channel that is shared with others', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker);
    await worker.ask({ ...worker.clickOf('acknowledge', incident), isExternallyShared: true });
    expect(await takerOf(worker)).toBeUndefined();
  });

  it('changes nothing by a click that Lambda kept for an hour', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker);
    const click = worker.clickOf('acknowledge', incident);
    worker.at(SEEN_AT + hours(1));
    expect(await worker.ask(click)).toMatchObject({ decision: 'refused' });
    expect(await takerOf(worker)).toBeUndefined();
  });
});

describe('what is no button of ours', () => {
  it.each([
    ['a link', { actionId: 'open-logs', value: '' }, 'ignored'],
    ['a button of another version', { actionId: 'act:acknowledge', value: '[9,"acknowledge"]' }, 'refused'],
    ['a value of another button', { actionId: 'act:approve', value: '[1,"object","a|b","c"]' }, 'refused'],
  ] as const)('%s changes nothing', async (_, click, decision) => {
    const worker = aWorker();
    const incident = await withIncident(worker);
    const { kind, ...sender } = worker.clickOf('acknowledge', incident);
    expect(await worker.ask({ ...sender, kind, ...click })).toMatchObject({ decision });
    expect(await takerOf(worker)).toBeUndefined();
  });

  it('reports an event that is none of the endpoint, and does not throw', async () => {
    expect(await aWorker().ask({ hello: 1 })).toMatchObject({ decision: 'malformed' });
  });
});

it('tells the person in the channel when the response URL is used up, and the operator when nothing works', async () => {
  const worker = aWorker({ reply: 'failed' });
  const incident = await withIncident(worker);
  worker.at(SEEN_AT + minutes(1));
  const outcome = await worker.click('acknowledge', incident, { bind: 'old' });
  expect(worker.shown.map(({ to }) => to)).toEqual(['response', CHANNEL]);
  expect(outcome).toMatchObject({ unshown: 'not_found' });
});
