/** Messages in place of the validator's own, by the keyword of the broken rule. A pattern has its own in the contract. */
export const validationMessages: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>> = {
  additionalProperties: () => 'is not known here',
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  enum: ({ allowedValues }) => `must be one of ${[allowedValues].flat().join(', ')}`,
  format: ({ format }) => `must be ${formats[String(format)] ?? `of the format ${format}`}`,
  maximum: ({ limit }) => `must be ${limit} at the most`,
  maxLength: ({ limit }) => `must have ${characters(limit)} at the most`,
  minimum: ({ limit }) => `must be ${limit} at the least`,
  minLength: ({ limit }) => `must have at least ${characters(limit)}`,
  required: ({ missingProperty }) =>
    missingProperty === 'requestBody' ? 'must be there: a JSON body is required' : 'is missing',
  type: ({ type }) => `must be ${[type].flat().map(withArticle).join(' or ')}`,
};

const formats: Readonly<Record<string, string>> = {
  'date-time': 'a moment as RFC 3339 writes it',
  email: 'an e-mail address',
  uuid: 'a UUID',
};

const characters = (limit: unknown): string => (limit === 1 ? '1 character' : `${limit} characters`);

const withArticle = (type: unknown): string =>
  type === 'null' ? 'null' : `${/^[aio]/.test(String(type)) ? 'an' : 'a'} ${type}`;
