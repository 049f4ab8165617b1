/**
 * Names an error class and makes `instanceof` hold between the copies of it that a program may load: the ESM and the
 * CommonJS build, or two versions.
 */
export function brand(errorClass: { readonly prototype: Error }, name: string): void {
  const mark = Symbol.for(`@async-chatbot/sdk/${name}`);
  Object.defineProperty(errorClass.prototype, mark, { value: true });
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value: (candidate: unknown) => typeof candidate === 'object' && candidate !== null && mark in candidate,
  });
}
