import { expect, it } from 'vitest';
import { dayOf } from '../src/day.ts';

it.for([
  ['2026-01-02T00:00:00.000Z', '2026-01-02', 86_400],
  ['2026-01-02T00:00:00.999Z', '2026-01-02', 86_400],
  ['2026-01-02T00:00:01.000Z', '2026-01-02', 86_399],
  ['2026-01-02T23:59:59.000Z', '2026-01-02', 1],
  ['2026-01-02T23:59:59.999Z', '2026-01-02', 1],
  ['2028-02-29T12:00:00.000Z', '2028-02-29', 43_200],
  ['2026-12-31T23:59:58.500Z', '2026-12-31', 2],
] as const)('%s is a moment of %s that has %i seconds left', ([now, name, secondsLeft]) => {
  const day = dayOf(new Date(now));
  expect(day).toMatchObject({ name, secondsLeft });
  expect(new Date(day.endSeconds * 1000).toISOString()).toMatch(/T00:00:00.000Z$/);
  expect(day.endSeconds * 1000 - Date.parse(now)).toSatisfy((leftMs: number) => leftMs > 0 && leftMs <= 86_400_000);
});
