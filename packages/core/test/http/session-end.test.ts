import { Problem } from '@async-chatbot/shared/problem';
import { untilAborted } from '@async-chatbot/shared/until-aborted';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sessionEnd } from '../../src/http/session-end.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const rejects = (code: 'unauthenticated' | 'service-unavailable') => async (): Promise<never> => {
  throw new Problem(code);
};

/** Yields one item, then waits for the signal. */
async function* items(signal: AbortSignal) {
  yield 'canary';
  await untilAborted(new Promise(() => undefined), signal);
}

async function follow(verify: () => Promise<unknown>, request = new AbortController()) {
  const { signal, watch } = sessionEnd(request.signal, verify);
  const iterator = watch(items(signal))[Symbol.asyncIterator]();
  expect(await iterator.next()).toEqual({ done: false, value: 'canary' });
  // No item is requested.
  expect(vi.getTimerCount()).toBe(0);
  const next = vi.fn();
  void iterator.next().then(next);
  return { next, request };
}

it('a stream ends when its session has ended, and leaves no timer', async () => {
  const { next } = await follow(rejects('unauthenticated'));
  await vi.advanceTimersByTimeAsync(500);
  expect(next).toHaveBeenCalledWith({ done: true, value: undefined });
  expect(vi.getTimerCount()).toBe(0);
});

it('a stream ends even if its items arrive faster than the session is checked', async () => {
  async function* often(signal: AbortSignal) {
    while (!signal.aborted) {
      yield 'canary';
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const { signal, watch } = sessionEnd(new AbortController().signal, rejects('unauthenticated'));
  let count = 0;
  const read = (async () => {
    for await (const _ of watch(often(signal))) count += 1;
  })();
  await vi.advanceTimersByTimeAsync(1000);
  await read;
  expect(count).toBeLessThan(10);
});

const NOT_ENDED: [string, () => Promise<unknown>][] = [
  ['valid', async () => undefined],
  ['unknown during an outage', rejects('service-unavailable')],
];

it.each(NOT_ENDED)('a stream goes on while its session is %s, until the request ends', async (_label, verify) => {
  const { next, request } = await follow(verify);
  await vi.advanceTimersByTimeAsync(5000);
  expect(next).not.toHaveBeenCalled();
  request.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(next).toHaveBeenCalledWith({ done: true, value: undefined });
  expect(vi.getTimerCount()).toBe(0);
});
