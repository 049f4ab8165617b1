/** Settles like the promise, or rejects when the signal aborts. */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortError(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

export const abortError = ({ reason }: AbortSignal): Error =>
  Object.assign(new Error('The call was aborted', { cause: reason }), { name: 'AbortError' });
