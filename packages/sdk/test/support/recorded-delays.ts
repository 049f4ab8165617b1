import { vi } from 'vitest';

/** How long each pause before another attempt was to be, in milliseconds, while it is over at once. */
export function pauses(): number[] {
  const { setTimeout } = globalThis;
  const seen: number[] = [];
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms = 0) => {
    // The `fetch` of Node has timers of its own.
    const isPause = new Error().stack?.includes('/src/http/delay.ts');
    if (isPause) seen.push(ms);
    return setTimeout(act, isPause ? 0 : ms);
    // The cast: the type has a namesake for promises, which nobody asks for.
  }) as typeof setTimeout);
  return seen;
}
