import { setProperty } from './set-property.ts';

/** A value as DynamoDB's protocol represents it, with its type as the only key. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: AttributeValue[] }
  | { M: AttributeMap };

export type AttributeMap = Record<string, AttributeValue>;

/** Converts an object. As in lib-dynamodb, undefined properties are left out; in nested objects they throw. */
export function marshallMap(map: object): AttributeMap {
  const marshalled: AttributeMap = {};
  for (const [name, value] of Object.entries(map))
    if (value !== undefined) setProperty(marshalled, name, marshall(value));
  return marshalled;
}

function marshall(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`DynamoDB cannot store ${value} exactly`);
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (value === null) return { NULL: true };
      if (Array.isArray(value)) return { L: value.map(marshall) };
      if (isPlain(value)) return { M: marshallNested(value) };
  }
  throw new TypeError(`Cannot store a value of type ${Object.prototype.toString.call(value)}`);
}

function marshallNested(map: object): AttributeMap {
  const marshalled: AttributeMap = {};
  for (const [name, value] of Object.entries(map)) setProperty(marshalled, name, marshall(value));
  return marshalled;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
