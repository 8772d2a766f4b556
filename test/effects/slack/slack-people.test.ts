import { describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/domain/instant.ts';
import type { SlackMethods, SlackReply } from '../../../shared/effects/slack/slack-methods.ts';
import { createSlackPeople } from '../../../shared/effects/slack/slack-people.ts';

const ADA = { id: 'U0ADA', team: 'T0HARBOR' };

/** A Slack that answers `replies` by method and notes what it was asked. */
function aSlack(replies: Readonly<Record<string, SlackReply>>) {
  const asked: string[] = [];
  let now = 0;
  const methods: SlackMethods = {
    read: async (method, fields) => {
      asked.push(`${method} ${Object.values(fields).join(' ')}`);
      return replies[method] ?? { status: 'failed', name: 'unknown_method' };
    },
    write: async () => ({ status: 'failed', name: 'not_here' }),
  };
  const people = createSlackPeople({ methods, clock: () => now });
  return {
    asked,
    people,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

const user = (fields: object): Readonly<Record<string, SlackReply>> => ({
  'users.info': { status: 'ok', body: { user: { id: 'U0ADA', team_id: 'T0HARBOR', ...fields } } },
});
const members = (users: unknown) => ({ 'usergroups.users.list': { status: 'ok', body: { users } } }) as const;

describe('who somebody is', () => {
  it.each([
    ['a member', {}, {}, {}],
    ['a bot', { is_bot: true }, {}, { isBot: true }],
    ['a bot of a workflow', { is_workflow_bot: true }, {}, { isBot: true }],
    ['a guest of several channels', { is_restricted: true }, {}, { isGuest: true }],
    ['a guest of one channel', { is_ultra_restricted: true }, {}, { isGuest: true }],
    ['somebody at home elsewhere', { team_id: 'T0OTHER' }, {}, { isForeign: true }],
    ['a stranger by Slack Connect', { is_stranger: true }, {}, { isForeign: true }],
    ['somebody whom the request places elsewhere', {}, { home: 'T0OTHER' }, { isForeign: true }],
    [
      'a colleague of another workspace of the organisation',
      { team_id: 'T0OTHER', enterprise_user: { enterprise_id: 'E0ALL', teams: ['T0OTHER', 'T0HARBOR'] } },
      { enterprise: 'E0ALL', home: 'T0OTHER' },
      {},
    ],
  ])('is %s', async (_, fields, request, expected) => {
    const { people } = aSlack(user(fields));
    expect(await people.find({ ...ADA, ...request }, [])).toEqual({
      status: 'known',
      person: { id: 'U0ADA', groups: [], isBot: false, isGuest: false, isForeign: false, ...expected },
    });
  });

  it.each([
    ['Slack does not answer', { 'users.info': { status: 'failed', name: 'missing_scope' } }],
    ['the account is deactivated', user({ deleted: true })],
    ['Slack answers about somebody else', user({ id: 'U0BOB' })],
    ['the answer is no user', { 'users.info': { status: 'ok', body: {} } }],
  ] as const)('is unknown when %s', async (_, replies) => {
    expect(await aSlack(replies).people.find(ADA, [])).toMatchObject({ status: 'unknown' });
  });
});

describe('the groups of somebody', () => {
  it('are those of the asked ones that list them', async () => {
    const { people } = aSlack({ ...user({}), ...members(['U0BOB', 'U0ADA']) });
    expect(await people.find(ADA, ['S0OPS'])).toMatchObject({ person: { groups: ['S0OPS'] } });
    const { people: others } = aSlack({ ...user({}), ...members(['U0BOB']) });
    expect(await others.find(ADA, ['S0OPS'])).toMatchObject({ person: { groups: [] } });
  });

  it.each([
    ['Slack fails', { 'usergroups.users.list': { status: 'failed', name: 'missing_scope' } }],
    ['the answer has no list', members(undefined)],
  ] as const)('are unknown when %s', async (_, replies) => {
    const { people } = aSlack({ ...user({}), ...replies });
    expect(await people.find(ADA, ['S0OPS'])).toMatchObject({ person: { groups: 'unknown' } });
  });

  it('are not asked for where no rule names one', async () => {
    const { people, asked } = aSlack(user({}));
    await people.find(ADA, []);
    expect(asked).toEqual(['users.info U0ADA']);
  });

  it('are remembered for five minutes and no longer', async () => {
    const { people, asked, pass } = aSlack({ ...user({}), ...members([]) });
    await people.find(ADA, ['S0OPS']);
    pass(minutes(5) - 1);
    await people.find(ADA, ['S0OPS']);
    expect(asked).toHaveLength(2);
    pass(1);
    await people.find(ADA, ['S0OPS']);
    expect(asked).toHaveLength(4);
  });

  it('are asked for again after a failure', async () => {
    const { people, asked } = aSlack({});
    await people.find(ADA, []);
    await people.find(ADA, []);
    expect(asked).toHaveLength(2);
  });
});
