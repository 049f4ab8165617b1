/** Replaces the validator's messages, by JSON Schema keyword. Patterns have an `x-message` in the contract. */
export const validationMessages: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>> = {
  additionalProperties: () => 'is not allowed',
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  enum: ({ allowedValues }) => `must be one of ${[allowedValues].flat().join(', ')}`,
  format: ({ format }) => `must be ${formats[String(format)] ?? `in the format ${format}`}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  maxLength: ({ limit }) => `must be at most ${characters(limit)}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  minLength: ({ limit }) => `must be at least ${characters(limit)}`,
  required: ({ missingProperty }) =>
    missingProperty === 'requestBody' ? 'is required and must be JSON' : 'is required',
  type: ({ type }) => `must be ${[type].flat().map(withArticle).join(' or ')}`,
};

const formats: Readonly<Record<string, string>> = {
  'date-time': 'an RFC 3339 date and time',
  email: 'an email address',
  uuid: 'a UUID',
};

const characters = (limit: unknown): string => (limit === 1 ? '1 character' : `${limit} characters`);

const withArticle = (type: unknown): string =>
  type === 'null' ? 'null' : `${/^[aio]/.test(String(type)) ? 'an' : 'a'} ${type}`;
