/** Sets a property of any name. An assignment to `__proto__` would set the prototype instead. */
export function setProperty<Value>(target: Record<string, Value>, name: string, value: Value): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
}
