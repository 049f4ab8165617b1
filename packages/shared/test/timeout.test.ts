import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { timeout } from '../src/timeout.ts';

it('aborts after the time limit, with a TimeoutError', async () => {
  const { signal } = timeout(1);
  await expect.poll(() => signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

it('aborts with its parent, even one that was aborted before', () => {
  const parent = new AbortController();
  const early = timeout(Number.POSITIVE_INFINITY, parent.signal);
  expect(early.signal.aborted).toBe(false);
  parent.abort('canary');
  expect(early.signal.reason).toBe('canary');
  expect(timeout(Number.POSITIVE_INFINITY, parent.signal).signal.reason).toBe('canary');
});

it('never aborts once it is cleared', async () => {
  const parent = new AbortController();
  const { signal, clear } = timeout(1, parent.signal);
  clear();
  parent.abort();
  await sleep(20);
  expect(signal.aborted).toBe(false);
});
