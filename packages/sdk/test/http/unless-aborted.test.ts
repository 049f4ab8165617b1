import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { unlessAborted } from '../../src/http/unless-aborted.ts';

const reason = new Error('canary');
const never = new Promise<never>(() => undefined);

test('settles as the promise does', async () => {
  const { signal } = new AbortController();
  await expect(unlessAborted(Promise.resolve(1), signal)).resolves.toBe(1);
  await expect(unlessAborted(Promise.reject(reason), signal)).rejects.toBe(reason);
});

test('rejects with the reason when the signal aborts', async () => {
  const controller = new AbortController();
  const result = unlessAborted(never, controller.signal);
  controller.abort(reason);
  await expect(result).rejects.toBe(reason);
});

test('rejects if the signal is already aborted', async () => {
  await expect(unlessAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('removes its listener once the promise settles', async () => {
  const { signal } = new AbortController();
  const results = [unlessAborted(Promise.resolve(), signal), unlessAborted(Promise.reject(reason), signal)];
  expect(getEventListeners(signal, 'abort')).toHaveLength(2);
  await Promise.allSettled(results);
  await expect.poll(() => getEventListeners(signal, 'abort')).toEqual([]);
});
