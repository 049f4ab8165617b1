import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { problem } from '../support/fixture-server.ts';
import {
  eventsOf,
  firstEvents,
  frames,
  PAUSE,
  replyEvents,
  replyServer,
  stream,
  TEXT,
} from '../support/reply-server.ts';

const RETRY_NOW = { 'retry-after': '0' };

describe('a failure of a stream request', () => {
  test.each([
    ['service-unavailable', 503],
    ['too-many-streams', 429],
    ['reply-in-progress', 409],
  ] as const)('%s is retried with the same key', async (code, status) => {
    const { send, header } = await replyServer(problem(code, status, RETRY_NOW));
    expect(await send().text()).toBe(TEXT);
    const [first, second] = header('idempotency-key');
    expect(second).toBe(first);
  });

  test('503 on reconnecting is retried from the same event', async () => {
    const { send, header } = await replyServer(
      stream(frames(firstEvents) + PAUSE),
      problem('service-unavailable', 503, RETRY_NOW),
    );
    expect(await eventsOf(send())).toEqual(replyEvents);
    expect(header('last-event-id')).toEqual([undefined, '1-7', '1-7']);
  });

  test('429 is retried after Retry-After', async () => {
    // Without the header, the retry would be immediate.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    onTestFinished(() => void vi.restoreAllMocks());
    const { send, requests } = await replyServer(problem('too-many-streams', 429, { 'retry-after': '60' }));
    const stop = new AbortController();
    const text = send({ signal: stop.signal }).text();
    await sleep(200);
    expect(requests).toHaveLength(1);
    stop.abort();
    await expect(text).rejects.toBe(stop.signal.reason);
  });

  test('404 on reconnecting is final', async () => {
    const { send, requests } = await replyServer(stream(frames(firstEvents)), problem('message-not-found', 404));
    await expect(eventsOf(send())).rejects.toMatchObject({ code: 'message-not-found' });
    expect(requests).toHaveLength(2);
  });
});
