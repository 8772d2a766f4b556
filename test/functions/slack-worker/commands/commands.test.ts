import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../functions/slack-worker/commands/index.ts';
import { slackLimitProblems } from '../../../support/slack-limits.ts';
import { aDesk, messageIn, wordsIn } from './desk.ts';

describe('a slash command', () => {
  it('without words, or with help, lists every command with its form', async () => {
    const { ask } = await aDesk();
    const help = wordsIn(await ask('help'));
    for (const { name, form } of COMMANDS)
      expect(help).toContain(`/slackwater ${name}${form === '' ? '' : ` ${form}`}`);
    expect(wordsIn(await ask(''))).toBe(help);
  });

  it('that does not exist suggests the nearest', async () => {
    const { ask } = await aDesk();
    expect(wordsIn(await ask('staus harbor-prod/checkout'))).toContain(
      'There is no command “staus” (did you mean "status"?)',
    );
  });

  it.each(COMMANDS.map(({ name }) => name))('%s, wrongly used, says the form with an example', async (name) => {
    const { ask } = await aDesk();
    const answer = await ask(`${name} one two three four five`);
    const { form, example } = COMMANDS.find((one) => one.name === name) ?? { form: '', example: '' };
    expect(wordsIn(answer)).toContain(`The form is: /slackwater ${name} ${form}`);
    expect(wordsIn(answer)).toContain(`For example: /slackwater ${name} ${example}`);
    expect(answer.decision).toBe('refused');
  });

  it.each([
    ['a bot', { isBot: true }],
    ['a guest', { isGuest: true }],
    ['somebody of another workspace', { isForeign: true }],
  ])('of %s is not answered', async (_, person) => {
    const { ask } = await aDesk({ person });
    const answer = await ask('status');
    expect(wordsIn(answer)).toContain('Only members of this workspace are told anything');
    expect(answer.decision).toBe('refused');
  });

  it('in a channel shared with others is not answered', async () => {
    const { ask } = await aDesk({ isExternallyShared: true });
    expect(wordsIn(await ask('status'))).toContain('shared with another organisation');
  });

  it('is answered within the limits of Slack, whatever was typed', async () => {
    const { ask } = await aDesk();
    const verb = fc.constantFrom(
      '',
      'help',
      'sttus',
      ...COMMANDS.map(({ name }) => name).filter((one) => one !== 'redeploy'),
    );
    const words = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 3_000, maxLength: 4_000 }));
    await fc.assert(
      fc.asyncProperty(verb, words, async (first, rest) => {
        expect(slackLimitProblems(messageIn(await ask(`${first} ${rest}`)))).toEqual([]);
      }),
    );
  });
});
