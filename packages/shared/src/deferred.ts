interface Deferred<Value> {
  promise: Promise<Value>;
  resolve: (value: Value | Promise<Value>) => void;
  reject: (reason: unknown) => void;
}

/** A promise and what settles it: `Promise.withResolvers` for Node 20. A rejection that is not awaited goes unreported. */
export function deferred<Value>(): Deferred<Value> {
  let resolve: (value: Value | Promise<Value>) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<Value>((one, other) => {
    resolve = one;
    reject = other;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
