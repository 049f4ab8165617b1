/** Settles like the promise, or resolves to undefined when the signal is aborted. */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(undefined);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    // A settled promise removes its listener, so that a long-lived signal accumulates none.
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
