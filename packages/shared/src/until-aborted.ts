/** Settles as the promise does, or resolves to undefined as soon as the signal is aborted. */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(undefined);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    // No promise outlives the signal's listener, so that a long-lived signal does not collect them.
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
