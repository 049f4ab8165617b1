import pino from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { selfCheck } from '../src/self-check.ts';
import { testDeps } from './support/servers/server.ts';

/** A self-check that has just been started, with a clock that only the test moves. */
function started() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const checkTable = vi.fn(async () => undefined);
  const { identity, messages } = testDeps();
  const check = selfCheck(
    { identity, messages, checkTable },
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
  expect(checkTable).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(checkTable).toHaveBeenCalledOnce();
});

it('a server that stops before the first check does not start it', () => {
  const { checkTable, stop } = started();
  stop();
  vi.advanceTimersByTime(100);
  expect(checkTable).not.toHaveBeenCalled();
});
