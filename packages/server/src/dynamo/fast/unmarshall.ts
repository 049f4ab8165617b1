import type { AttributeMap, AttributeValue } from './marshall.ts';
import { setProperty } from './set-property.ts';

/** Converts an item to an object with plain values. */
export function unmarshallMap(map: AttributeMap): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name in map) setProperty(values, name, unmarshall(map[name] as AttributeValue));
  return values;
}

function unmarshall(attribute: AttributeValue): unknown {
  if ('S' in attribute) return attribute.S;
  if ('N' in attribute) return numberOf(attribute.N);
  if ('BOOL' in attribute) return attribute.BOOL;
  if ('M' in attribute) return unmarshallMap(attribute.M);
  if ('L' in attribute) return attribute.L.map(unmarshall);
  if ('NULL' in attribute) return null;
  throw new TypeError(`Cannot read an attribute of type ${Object.keys(attribute)}`);
}

function numberOf(text: string): number {
  const number = Number(text);
  if (Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
  throw new RangeError(`Cannot read the number ${text} exactly`);
}
