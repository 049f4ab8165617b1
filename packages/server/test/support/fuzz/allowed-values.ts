/** Values for bodies and parameters; of texts and numbers, `schema-values.ts` knows what they may be. */
import fc from 'fast-check';
import { flat, type Schema, valuesOf } from './schema-values.ts';

/** A schema that may also be a choice of words. */
export type Choice = Schema & { enum?: string[] };

/** Values that the schema allows. */
export function allowedValues(schema: Choice): fc.Arbitrary<unknown> {
  // The cast: whatever a schema has beside the listed fields stays with it.
  const { type, enum: words, required = [], properties = {} } = flat(schema) as Choice;
  if (words) return fc.constantFrom(...words);
  if (type === 'boolean') return fc.boolean();
  if (type !== 'object') return valuesOf(schema);
  const values = Object.entries(properties).map(([name, property]) => [name, allowedValues(property)] as const);
  return fc.record<Record<string, unknown>, string>(Object.fromEntries(values), { requiredKeys: required });
}
