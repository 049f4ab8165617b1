import pino from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { selfCheck } from '../src/self-check.ts';
import { testDeps } from './support/servers/server.ts';

/** A self-check that has just been started, with timers that only the test advances. Its checks never end. */
function started() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const forever = () => new Promise<never>(() => undefined);
  const checkTable = vi.fn(forever);
  const { identity, messages } = testDeps();
  const check = selfCheck(
    { identity: { ...identity, verify: forever, refresh: forever }, messages, checkTable },
    'https://canary',
    pino({ level: 'silent' }),
    () => new Date(),
  );
  check.start();
  onTestFinished(check.stop);
  return { checkTable, stop: check.stop };
}

it('the first check leaves time for the requests that waited for the start', () => {
  const { checkTable } = started();
  vi.advanceTimersByTime(99);
  expect(checkTable).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(checkTable).toHaveBeenCalledOnce();
});

it('a server that stops before the first check does not start it', () => {
  const { checkTable, stop } = started();
  stop();
  vi.advanceTimersByTime(100);
  expect(checkTable).not.toHaveBeenCalled();
});
