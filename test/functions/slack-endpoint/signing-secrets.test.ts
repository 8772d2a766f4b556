import { describe, expect, it } from 'vitest';
import { createSigningSecrets, parseSigningSecrets } from '../../../functions/slack-endpoint/signing-secrets.ts';
import { minutes, seconds } from '../../../shared/domain/instant.ts';
import { NOON, SECRET } from './from-slack.ts';

const OTHER = 'c0ffee00c0ffee00c0ffee00c0ffee00';
const left = (): number => 1_000;

describe('the stored text', () => {
  it.each([
    ['one secret', SECRET, [SECRET]],
    ['one, with the line break that an editor adds', `${SECRET}\n`, [SECRET]],
    ['two, a line each', `${SECRET}\n${OTHER}`, [SECRET, OTHER]],
    ['two, with the line breaks of another system', `${SECRET}\r\n${OTHER}\r\n`, [SECRET, OTHER]],
    ['a JSON array of one', JSON.stringify([SECRET]), [SECRET]],
    ['a JSON array of two', ` ${JSON.stringify([SECRET, OTHER])}`, [SECRET, OTHER]],
  ])('may be %s', (_, stored, secrets) => {
    expect(parseSigningSecrets(stored)).toEqual(secrets);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['a secret that is too short to be one', 'abc'],
    ['a sentence', 'put the secret here'],
    ['three secrets', `${SECRET}\n${OTHER}\n${SECRET}`],
    ['an empty secret beside a good one', JSON.stringify([SECRET, ''])],
    ['an empty array', '[]'],
    ['an array that is cut off', `["${SECRET}"`],
    ['a bot token as an object', '{"token":"xoxb-0000000000"}x y'],
  ])('may not be %s, and is not repeated in the error', (_, stored) => {
    const parse = () => parseSigningSecrets(stored);
    expect(parse).toThrow(expect.objectContaining({ code: 'credential-malformed' }));
    expect(parse).toThrow(/^the signing secret is neither one secret nor two, a line each or as a JSON array$/);
  });
});

describe('looks at the store', () => {
  const counting = (answers: readonly (string | Error)[]) => {
    let looks = 0;
    const fetch = async () => {
      const answer = answers[Math.min(looks, answers.length - 1)] ?? '';
      looks += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    return { secrets: createSigningSecrets(fetch), looks: () => looks };
  };

  it('hold for five minutes', async () => {
    const { secrets, looks } = counting([SECRET, OTHER]);
    expect(await secrets.current(NOON, left)).toEqual([SECRET]);
    expect(await secrets.current(NOON + minutes(5) - 1, left)).toEqual([SECRET]);
    expect(await secrets.current(NOON + minutes(5), left)).toEqual([OTHER]);
    expect(looks()).toBe(2);
  });

  it('are repeated for a wrong signature after ten seconds, not before', async () => {
    const { secrets, looks } = counting([SECRET, OTHER]);
    await secrets.current(NOON, left);
    expect(await secrets.again(NOON + seconds(10) - 1, left)).toEqual([]);
    expect(await secrets.again(NOON + seconds(10), left)).toEqual([OTHER]);
    expect(await secrets.current(NOON + seconds(11), left)).toEqual([OTHER]);
    expect(looks()).toBe(2);
  });

  it('that fail are repeated after ten seconds; what is not known any more is not believed', async () => {
    const { secrets, looks } = counting([SECRET, new Error('denied'), OTHER]);
    await secrets.current(NOON, left);
    const later = NOON + minutes(5);
    await expect(secrets.current(later, left)).rejects.toThrow('denied');
    await expect(secrets.current(later + seconds(9), left)).rejects.toThrow('denied');
    expect(await secrets.current(later + seconds(10), left)).toEqual([OTHER]);
    expect(looks()).toBe(3);
  });

  it('that fail for a wrong signature take nothing away from a right one', async () => {
    const { secrets } = counting([SECRET, new Error('throttled')]);
    await secrets.current(NOON, left);
    const later = NOON + minutes(1);
    await expect(secrets.again(later, left)).rejects.toThrow('throttled');
    expect(await secrets.current(later + seconds(1), left)).toEqual([SECRET]);
  });

  it('are shared by those who ask at the same time', async () => {
    const { secrets, looks } = counting([SECRET]);
    await Promise.all([secrets.current(NOON, left), secrets.current(NOON, left)]);
    expect(looks()).toBe(1);
  });
});
