import { expect, test } from 'vitest';
import { slackDate, utcHeadline } from '../../shared/render/moment.ts';

const AT = Date.UTC(2026, 10, 7, 9, 5, 59, 999);

test('a headline names the weekday', () => expect(utcHeadline(AT)).toBe('Sat 07 Nov 09:05 UTC'));

test('Slack takes whole seconds and shows UTC where it cannot localise', () => {
  expect(slackDate(AT)).toMatchObject({ timestamp: Math.floor(AT / 1_000), fallback: '2026-11-07 09:05 UTC' });
});
