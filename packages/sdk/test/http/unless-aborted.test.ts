import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { unlessAborted } from '../../src/http/unless-aborted.ts';

const reason = new Error('canary');
const never = new Promise<never>(() => undefined);

test('a promise settles as it does', async () => {
  const { signal } = new AbortController();
  await expect(unlessAborted(Promise.resolve(1), signal)).resolves.toBe(1);
  await expect(unlessAborted(Promise.reject(reason), signal)).rejects.toBe(reason);
});

test('an abort rejects with its reason', async () => {
  const controller = new AbortController();
  const result = unlessAborted(never, controller.signal);
  controller.abort(reason);
  await expect(result).rejects.toBe(reason);
});

test('a signal that was aborted before rejects, too', async () => {
  await expect(unlessAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('a signal that lives on is not listened to any more', async () => {
  const { signal } = new AbortController();
  const results = [unlessAborted(Promise.resolve(), signal), unlessAborted(Promise.reject(reason), signal)];
  expect(getEventListeners(signal, 'abort')).toHaveLength(2);
  await Promise.allSettled(results);
  await expect.poll(() => getEventListeners(signal, 'abort')).toEqual([]);
});
