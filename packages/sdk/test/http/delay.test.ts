import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { backoffMs, pause } from '../../src/http/delay.ts';

describe('a pause', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    [2000, 2000],
    [86_400_000, 60_000],
  ])('of %i ms takes %i ms', async (ms, takenMs) => {
    const paused = vi.fn();
    const pausing = pause(ms, new AbortController().signal).then(paused);
    await vi.advanceTimersByTimeAsync(takenMs - 1);
    expect(paused).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await pausing;
    expect(paused).toHaveBeenCalled();
  });

  test('ends with the signal, and leaves no timer behind', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const pausing = pause(60_000, stop.signal);
    stop.abort(reason);
    await expect(pausing).rejects.toBe(reason);
    await expect(pause(60_000, stop.signal)).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('the wait before another attempt is any up to a bound that doubles, and no more than 8 s', () => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(1);
  const attempts = [0, 1, 2, 3, 4, 5, 50];
  expect(attempts.map(backoffMs)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  random.mockReturnValue(0);
  expect(attempts.map(backoffMs)).toEqual(attempts.map(() => 0));
  random.mockRestore();
});
