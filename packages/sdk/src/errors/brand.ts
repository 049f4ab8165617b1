/**
 * Names an error class and makes `instanceof` work across copies of the class: a program may load both the ESM and the
 * CommonJS build, or two versions.
 */
export function brand(errorClass: { readonly prototype: Error }, name: string): void {
  const mark = Symbol.for(`@async-chatbot/sdk/${name}`);
  Object.assign(errorClass.prototype, { [mark]: name, name });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value: (candidate: unknown) => mark in Object(candidate),
  });
}
