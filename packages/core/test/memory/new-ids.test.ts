import { expect, it } from 'vitest';
import { newIds } from '../../src/memory/new-ids.ts';

const V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

it('each id is a UUIDv7 larger than the one before, whatever the clock does', () => {
  let nowMs = Date.UTC(2026, 0, 2);
  const newId = newIds(() => new Date(nowMs));
  const ids: string[] = [];
  for (const stepMs of [0, 1, -5000, 0, 60_000]) {
    nowMs += stepMs;
    ids.push(...Array.from({ length: 5000 }, newId));
  }
  expect(ids.every((id) => V7.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

it('an id starts with its time', () => {
  const now = new Date('2026-01-02T03:04:05.678Z');
  const id = newIds(() => now)();
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now.getTime());
});
