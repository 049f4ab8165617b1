import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { validationErrors } from '../../src/http/validation-errors.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
addFormats.default(ajv);

/** The messages for a body that violates this schema. */
function messagesFor(schema: object, body: unknown): string[] {
  const validate = ajv.compile({ type: 'object', required: ['requestBody'], properties: { requestBody: schema } });
  validate(body === undefined ? {} : { requestBody: body });
  return validationErrors(validate.errors ?? []).map(({ message }) => message);
}

it.each<[object, unknown, string]>([
  [{ type: 'string' }, 1, 'must be a string'],
  [{ type: 'object' }, [], 'must be an object'],
  [{ type: ['integer', 'null'] }, '', 'must be an integer or null'],
  [{ minLength: 1 }, '', 'must be at least 1 character'],
  [{ minLength: 8 }, 'canary', 'must be at least 8 characters'],
  [{ maxLength: 3 }, 'canary', 'must be at most 3 characters'],
  [{ minimum: 1 }, 0, 'must be at least 1'],
  [{ maximum: 100 }, 101, 'must be at most 100'],
  [{ enum: ['up', 'down'] }, 'canary', 'must be one of up, down'],
  [{ const: true }, false, 'must be true'],
  [{ format: 'email' }, 'canary', 'must be an email address'],
  [{ format: 'uuid' }, 'canary', 'must be a UUID'],
  [{ format: 'uri' }, 'canary', 'must be in the format uri'],
  [{ required: ['content'] }, {}, 'is required'],
  [{ additionalProperties: false }, { canary: 1 }, 'is not allowed'],
  [{ multipleOf: 2 }, 3, 'must be multiple of 2'],
  [{}, undefined, 'is required and must be JSON'],
])('%j and %j get one message', (schema, body, message) => {
  expect(messagesFor(schema, body)).toEqual([message]);
});

it('omits the length error of a value with a wrong format', () => {
  const id = { format: 'uuid', minLength: 36, maxLength: 36 };
  expect(messagesFor(id, 'canary')).toEqual(['must be a UUID']);
  expect(messagesFor({ type: 'array', items: id, minItems: 3 }, ['canary'])).toEqual([
    'must NOT have fewer than 3 items',
    'must be a UUID',
  ]);
});
