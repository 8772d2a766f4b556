import { describe, expect, it } from 'vitest';
import {
  type ActionRequest,
  type ActionStore,
  claimed,
  ended,
  told,
} from '../../../shared/domain/chat/action-request.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { ASKED, ASKED_AT, aWanted } from '../../support/actions.ts';

const done = () => ended(aWanted(), { status: 'done', because: 'ECS rolls it back.' }, ASKED_AT);

/** What every action store does, whatever it keeps the requests in. `open` gives an empty one. */
export function describeActionStore(where: string, open: () => Promise<ActionStore>): void {
  describe(`an action store in ${where}`, () => {
    it('knows nothing of what was never saved', async () => {
      const store = await open();
      expect(await store.load(aWanted().id)).toBeUndefined();
      expect(await store.loadDue(ASKED_AT, 10)).toEqual([]);
    });

    it.each<readonly [string, ActionRequest]>([
      ['is wanted', aWanted(ASKED.continueHook)],
      ['somebody is at', claimed(aWanted(), ASKED_AT + minutes(1))],
      ['is done', done()],
      ['is done and told', told(done())],
    ])('gives back what %s as it was, one version on', async (_what, request) => {
      const store = await open();
      expect(await store.save(request)).toBe('saved');
      expect(await store.load(request.id)).toEqual({ ...request, version: 1 });
    });

    it('answers conflict and changes nothing when the version is not the stored one', async () => {
      const store = await open();
      await store.save(aWanted());
      for (const version of [0, 2, 7]) expect(await store.save({ ...done(), version })).toBe('conflict');
      expect(await store.load(aWanted().id)).toEqual({ ...aWanted(), version: 1 });
    });

    it('answers conflict for a version of what is not there', async () => {
      expect(await (await open()).save({ ...aWanted(), version: 3 })).toBe('conflict');
    });

    it.each([0, 1])('lets exactly one of ten concurrent saves at version %i win', async (version) => {
      const store = await open();
      if (version === 1) await store.save(aWanted());
      const racers = Array.from({ length: 10 }, (_, racer) => ({ ...aWanted(), version, by: `U0${racer}` }));
      const answers = await Promise.all(racers.map((racer) => store.save(racer)));
      expect(answers.filter((answer) => answer === 'saved')).toHaveLength(1);
      const winner = racers[answers.indexOf('saved')];
      expect(await store.load(aWanted().id)).toEqual({ ...winner, version: version + 1 });
    });

    it('finds what is due, the longest due first, and neither what is not yet nor what is told', async () => {
      const store = await open();
      const of = (name: string, dueAt?: number) => {
        const request = aWanted({ ...ASKED.rollBack, deployment: `${ASKED.rollBack.deployment}${name}` });
        return dueAt === undefined ? told(ended(request, { status: 'done', because: '' }, 0)) : { ...request, dueAt };
      };
      const later = of('later', ASKED_AT - 1);
      const first = of('first', ASKED_AT - 2);
      for (const one of [of('told'), later, of('not yet', ASKED_AT + 1), first]) await store.save(one);
      const due = await store.loadDue(ASKED_AT, 10);
      expect(due.map(({ id }) => id)).toEqual([first.id, later.id]);
      expect(await store.loadDue(ASKED_AT, 1)).toHaveLength(1);
    });
  });
}
