import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { get, manualBody, received, serve } from '../support/requests/stream-connections.ts';

// Fake intervals let a test trigger heartbeats and count remaining timers; sockets use real time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
});

describe('a client', () => {
  it('that stops reading is disconnected, and no more events are requested', async () => {
    vi.useRealTimers();
    const stopped: Promise<{ pulled: number; buffered: number }>[] = [];
    async function* endless(res: Response, stop: (counts: { pulled: number; buffered: number }) => void) {
      let [pulled, buffered] = [0, 0];
      try {
        for (; ; pulled += 1) {
          buffered = Math.max(buffered, res.writableLength);
          yield 'canary'.repeat(20_000);
        }
      } finally {
        stop({ pulled, buffered });
      }
    }
    const { port } = await serve(
      (_signal, res) => {
        const { promise, resolve } = Promise.withResolvers<{ pulled: number; buffered: number }>();
        stopped.push(promise);
        return endless(res, resolve);
      },
      { heartbeatMs: 20, stalledMs: 300 },
    );

    const readers = await Promise.all(Array.from({ length: 50 }, () => get({ port })));
    const errors = readers.map((reader) => once(reader.pause(), 'error'));
    for (const { pulled, buffered } of await Promise.all(stopped)) {
      // What the buffers of two kernels hold, and an unsent heartbeat.
      expect(pulled).toBeLessThan(200);
      expect(buffered).toBeLessThan(100);
    }
    for (const reader of readers) reader.resume();
    for (const [error] of await Promise.all(errors)) expect(error).toMatchObject({ code: 'ECONNRESET' });
  });

  it('that reads slowly is not disconnected', async () => {
    const data = 'canary'.repeat(3_000_000);
    const { port } = await serve(
      async function* () {
        yield data;
      },
      { stalledMs: 500 },
    );
    const res = await get({ port });
    let length = 0;
    for await (const chunk of res) {
      length += chunk.length;
      await sleep(8);
    }
    expect(length).toBe(data.length);
  });

  it('that has nothing to read is not disconnected', async () => {
    const { body, write, writer } = manualBody();
    const { port } = await serve(body, { stalledMs: 50 });
    const text = received(await get({ port }));
    await sleep(200);
    await write({ data: 'canary' });
    await text.grownTo('data: canary\n\n');
    await sleep(200);
    vi.advanceTimersByTime(15_000);
    await text.grownTo('data: canary\n\n:\n\n');
    await sleep(200);
    await writer.close();
    await text.end;
  });

  it('that leaves is noticed while the next event is pending', async () => {
    const { body, write, writer } = manualBody();
    const { port, ended } = await serve(body);
    const res = await get({ port });
    const text = received(res);
    await write({ data: 'canary' });
    await text.grownTo('data: canary\n\n');
    res.destroy();
    const { locals } = await ended;
    expect(vi.getTimerCount()).toBe(0);
    // A later error has no recipient.
    await writer.abort(new Error('canary'));
    expect(locals.problem).toBeUndefined();
  });

  it('that pipelines a second request and leaves is noticed by both', async () => {
    const stopped: Promise<void>[] = [];
    async function* endless(stop: () => void) {
      try {
        for (;;) yield 'canary'.repeat(20_000);
      } finally {
        stop();
      }
    }
    const { promise: requested, resolve: onSecond } = Promise.withResolvers<void>();
    const { port } = await serve(() => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (stopped.push(promise) === 2) onSecond();
      return endless(resolve);
    });
    // The second response has no socket while the first is in progress.
    const socket = connect(port, '127.0.0.1').pause();
    socket.write('GET / HTTP/1.1\r\nHost: canary\r\n\r\n'.repeat(2));
    await requested;
    socket.destroy();
    await Promise.all(stopped);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that has left before the first event gets none', async () => {
    const { body } = manualBody();
    const { port, ended } = await serve((signal, res) => {
      res.destroy();
      return body(signal);
    });
    await expect(get({ port })).rejects.toMatchObject({ code: 'ECONNRESET' });
    await ended;
    expect(vi.getTimerCount()).toBe(0);
  });
});
