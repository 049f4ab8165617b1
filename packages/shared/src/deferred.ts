interface Deferred<Value> {
  promise: Promise<Value>;
  resolve: (value: Value | Promise<Value>) => void;
  reject: (reason: unknown) => void;
}

/** `Promise.withResolvers` for Node.js 20. Unlike there, an unhandled rejection is not reported. */
export function deferred<Value>(): Deferred<Value> {
  let resolve: (value: Value | Promise<Value>) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<Value>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
