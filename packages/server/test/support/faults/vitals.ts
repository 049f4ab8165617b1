/** Preloaded into a server under test: measures the process, and provokes faults in it, at the request of its parent. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Command, Vitals } from './server-process.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

process.on('message', async (command: Command) => {
  if (command === 'vitals') process.send?.(vitals());
  if (command === 'reject') void Promise.reject(new TypeError('canary'));
  if (command === 'throw')
    setTimeout(() => {
      throw new TypeError('canary');
    });
  if (typeof command === 'object') await block(command.blockMs, command.forMs);
});
// The server must still exit when it has nothing left to do.
process.channel?.unref();

function vitals(): Vitals {
  collectGarbage();
  const resources = process.getActiveResourcesInfo();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    sockets: resources.filter((name) => name === 'TCPSocketWrap').length,
    timers: resources.filter((name) => name === 'Timeout').length,
    liveBytes: heapUsed + arrayBuffers,
  };
}

/** Blocks the event loop repeatedly, as a slow regular expression does. */
async function block(blockMs: number, forMs: number): Promise<void> {
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    const next = performance.now() + blockMs;
    while (performance.now() < next);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
