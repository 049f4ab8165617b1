import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { backoffMs, delay } from '../../src/http/delay.ts';

describe('a delay', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    [2000, 2000],
    [86_400_000, 60_000],
  ])('of %i ms takes %i ms', async (ms, takenMs) => {
    const elapsed = vi.fn();
    const delayed = delay(ms, new AbortController().signal).then(elapsed);
    await vi.advanceTimersByTimeAsync(takenMs - 1);
    expect(elapsed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await delayed;
    expect(elapsed).toHaveBeenCalled();
  });

  test('rejects when the signal aborts, and clears its timer', async () => {
    const stop = new AbortController();
    const reason = new Error('canary abort');
    const delayed = delay(60_000, stop.signal);
    stop.abort(reason);
    await expect(delayed).rejects.toBe(reason);
    await expect(delay(60_000, stop.signal)).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('the backoff is random, up to 500 ms, doubled for each failure, at most 8 s', () => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(1);
  const attempts = [0, 1, 2, 3, 4, 5, 50];
  expect(attempts.map(backoffMs)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  random.mockReturnValue(0);
  expect(attempts.map(backoffMs)).toEqual(attempts.map(() => 0));
  random.mockRestore();
});
