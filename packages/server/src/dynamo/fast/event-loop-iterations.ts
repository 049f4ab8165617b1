/** About two milliseconds of work. With fewer callers, a list takes more CPU time (decision 26). */
const CALLERS_PER_ITERATION = 4;

/**
 * Returns a function that waits for an iteration of the event loop, in the order of the calls. Between iterations the process
 * handles what else has arrived, so a small request does not wait for all large ones.
 */
export function eventLoopIterations(): () => Promise<void> {
  let waiting: (() => void)[] = [];

  function resumeNext(): void {
    const next = waiting.slice(0, CALLERS_PER_ITERATION);
    waiting = waiting.slice(CALLERS_PER_ITERATION);
    for (const resume of next) resume();
    if (waiting.length > 0) setImmediate(resumeNext);
  }

  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(resumeNext);
    });
}
