import { setTimeout as sleep } from 'node:timers/promises';

/** Requests a server's health repeatedly, while other requests wait for a broken dependency. */
export function bystander({ baseUrl }: { baseUrl: string }) {
  const timesMs: number[] = [];
  let failed = 0;
  let isStopped = false;

  async function ask(): Promise<void> {
    while (!isStopped) {
      const startedAt = performance.now();
      const response = await fetch(`${baseUrl}/health`).catch(() => undefined);
      await response?.text();
      if (response?.status !== 200) failed += 1;
      timesMs.push(performance.now() - startedAt);
      await sleep(20);
    }
  }

  const asking = ask();
  return {
    /** Returns what happened in the meantime. */
    async stop() {
      isStopped = true;
      await asking;
      const sorted = timesMs.toSorted((a, b) => a - b);
      return { count: timesMs.length, failed, p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
    },
  };
}
