/** A promise and what settles it. Whoever does not ask for it is not told of its rejection. */
export function deferred<Value>() {
  let resolve: (value: Value | Promise<Value>) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<Value>((one, other) => {
    resolve = one;
    reject = other;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
