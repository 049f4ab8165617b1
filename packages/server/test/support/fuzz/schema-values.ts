/** Converts JSON Schema to fast-check arbitraries, for the keywords that the spec uses in requests. */
import { document } from '@async-chatbot/api-spec';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { CANARY } from '../checks/canary.ts';

export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
}

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

/** The schema with its references resolved. Its own keywords override theirs. */
export function flat({ $ref, allOf = [], ...own }: Schema): Schema {
  return Object.assign({}, ...($ref ? [flat(target($ref))] : []), ...allOf.map(flat), own);
}

/** The cast: the type of an imported JSON document is wider than necessary. */
function target($ref: string): Schema {
  const schemas = document.components.schemas as unknown as Record<string, Schema>;
  const found = schemas[$ref.replace('#/components/schemas/', '')];
  if (!found) throw new Error(`There is no ${$ref}`);
  return found;
}

/** Values that the schema allows. Free text begins with a canary. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const { type, required = [], properties = {}, minimum = 0, maximum = 2 ** 31 - 1, ...rest } = flat(schema);
  if (type === 'integer') return fc.integer({ min: minimum, max: maximum });
  if (type === 'string') return textsOf(rest).filter(isAllowedBy(schema));
  if (type !== 'object') throw new Error(`Unsupported type: ${type}`);
  const values = Object.entries(properties).map(([name, property]) => [name, valuesOf(property)] as const);
  return fc.record<Record<string, unknown>, string>(Object.fromEntries(values), { requiredKeys: required });
}

/** Values at the minimum and maximum length or size, and just beyond. */
export function edgesOf(schema: Schema): fc.Arbitrary<string | number> {
  const { type, format, minimum = 0, maximum = 2 ** 31 - 1, minLength = 0, maxLength = 1000 } = flat(schema);
  if (type === 'integer') return fc.constantFrom(minimum - 1, minimum, maximum, maximum + 1);
  const text = format === 'email' ? `${CANARY}@example.com` : `${CANARY}1`;
  return fc
    .constantFrom(Math.max(minLength - 1, 0), minLength, maxLength, maxLength + 1)
    .map((length) => text.padStart(length, 'c').slice(0, length));
}

function isAllowedBy(schema: Schema) {
  const validate = ajv.compile({ ...schema, components: document.components });
  return (value: unknown): boolean => validate(value);
}

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.lorem(),
);

/** Strings that roughly fit the schema; the caller filters them. */
function textsOf({ format, pattern, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid({ version: 7 });
  if (format === 'email') return fc.emailAddress({ size: 'small' }).map((address) => `${CANARY}-${address}`);
  if (pattern && !new RegExp(pattern, 'u').test(`${CANARY}-1 `))
    return fc.stringMatching(new RegExp(pattern), { maxLength: maxLength ?? 200 });
  return texts.map((text) => `${CANARY}-1 ${text}`);
}
