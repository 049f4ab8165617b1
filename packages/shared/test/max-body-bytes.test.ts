import { document } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import { expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../src/max-body-bytes.ts';

interface Schema {
  $ref?: string;
  maxLength?: number;
  properties?: Record<string, Schema>;
}

const { schemas } = document.components as { schemas: Record<string, Schema> };
const resolve = (schema: Schema): Schema =>
  schema.$ref ? resolve(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;

/** Two escapes of six bytes for each character, and some space for what is not a string. */
function longest(schema: Schema): number {
  const { maxLength = 5, properties = {} } = resolve(schema);
  const fields = Object.entries(properties).map(([name, field]) => name.length * 12 + longest(field) + 10);
  return fields.reduce((sum, bytes) => sum + bytes, maxLength * 12);
}

const bodies = Object.values(document.paths).flatMap((path) =>
  Object.values(path).flatMap((operation) => operation.requestBody?.content?.['application/json']?.schema ?? []),
);

it('every valid body fits', () => {
  expect(bodies.length).toBe(Object.values(operations).filter((operation) => 'hasBody' in operation).length);
  for (const body of bodies) expect(longest(body)).toBeLessThan(MAX_BODY_BYTES);
  expect(Math.max(...bodies.map(longest))).toBeGreaterThan(8000 * 12);
});
