import { expect, test } from 'vitest';
import { utcMinute } from '../../shared/domain/utc.ts';

test('minutes are cut, not rounded, and name their zone', () => {
  expect(utcMinute(Date.UTC(2026, 10, 7, 9, 5, 59, 999))).toBe('2026-11-07 09:05 UTC');
});
