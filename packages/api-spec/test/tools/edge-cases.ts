/** Edge cases of the contract's rules, and the generators that cannot express a rule. */

export type Generator = 'orval' | 'kubb' | 'openapi-zod-client';

export interface EdgeCase {
  name: string;
  operationId: string;
  in: 'body' | 'query' | 'path';
  value: Record<string, unknown>;
  /** Generators whose validator and the server disagree, each with the reason. */
  disagrees?: Partial<Record<Generator, string>>;
}

const NOT_STRICT = { kubb: 'kubb 4 ignores `additionalProperties: false`' };
const COERCES = { kubb: 'kubb 4 coerces queries as `Number()` does' };

const EMOJI = '\u{1f600}';
const [HIGH = '', LOW = ''] = EMOJI.split('');

const passwords: Record<string, [password: unknown, disagrees?: EdgeCase['disagrees']]> = {
  'with a digit': ['Password123'],
  'without a digit': ['Password'],
  'of 7 characters': ['passwd1'],
  'of 256 characters': ['1'.repeat(256)],
  'of 257 characters': ['1'.repeat(257)],
  'of 5 characters in 9 code units': [`1${EMOJI.repeat(4)}`],
  'of 8 emoji and a digit': [`${EMOJI.repeat(8)}1`],
  'with a space inside': ['Pass word 1'],
  'with a leading space': [' Password1'],
  'with a trailing space': ['Password1 '],
  'with a trailing tab': ['Password1\t'],
  'with a leading no-break space': ['\u00a0Password1'],
  'with a line break': ['Pass\nword1'],
  'with only a non-ASCII digit': ['Password\u0661'],
  'with NUL': ['Password\u00001'],
  'with a lone surrogate': [`Password1${HIGH}`],
  'that is empty': [''],
  'that is a number': [12_345_678],
};

/** Texts for a message, a title or a note of at most this length. */
const texts = (maxLength: number): Record<string, [text: unknown, disagrees?: EdgeCase['disagrees']]> => ({
  'of one character': ['x'],
  'as long as allowed': ['x'.repeat(maxLength)],
  'one character too long': ['x'.repeat(maxLength + 1)],
  'of as many emoji as allowed': [EMOJI.repeat(maxLength)],
  'one emoji too long': [EMOJI.repeat(maxLength + 1)],
  'that is empty': [''],
  'of spaces only': ['   '],
  'with NUL': ['a\u0000b'],
  'with a lone high surrogate': [`a${HIGH}b`],
  'with a lone low surrogate': [`a${LOW}b`],
  'with swapped surrogates': [`a${LOW}${HIGH}b`],
  'with line breaks': ['a\r\nb\u2028c'],
  'that is null': [null],
});

const ids: Record<string, [id: string, disagrees?: EdgeCase['disagrees']]> = {
  'of version 7': ['01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b'],
  'of version 4': ['0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b'],
  'of no version': ['00000000-0000-0000-0000-000000000001'],
  'in uppercase': ['01935A7D-0C01-7C55-9A02-6B1F0E9D8C7B'],
  'without hyphens': ['01935a7d0c017c559a026b1f0e9d8c7b'],
  'with misplaced hyphens': ['01935a7d0-c01-7c55-9a02-6b1f0e9d8c7b'],
  'of hyphens only': ['-'.repeat(36)],
  'in braces': ['{01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b}'],
  'as a URN': ['urn:uuid:01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b'],
  'one character too short': ['01935a7d-0c01-7c55-9a02-6b1f0e9d8c7'],
  'with a trailing line break': ['01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b\n'],
};

const limits: Record<string, [limit: unknown, disagrees?: EdgeCase['disagrees']]> = {
  '1': [1],
  '100': [100],
  '0': [0],
  '101': [101],
  '-1': [-1],
  '1.5': [1.5],
  '0x10': ['0x10', COERCES],
  '+5': ['+5', COERCES],
  '1e1': ['1e1', COERCES],
  'a space': [' '],
  'a word': ['ten'],
};

function casesOf(
  values: Record<string, [value: unknown, disagrees?: EdgeCase['disagrees']]>,
  title: string,
  request: Pick<EdgeCase, 'operationId' | 'in'>,
  toValue: (value: unknown) => Record<string, unknown>,
): EdgeCase[] {
  return Object.entries(values).map(([name, [value, disagrees]]) => ({
    name: `${title} ${name}`,
    ...request,
    value: toValue(value),
    ...(disagrees && { disagrees }),
  }));
}

const inBody = (operationId: string) => ({ operationId, in: 'body' as const });
const email = 'newuser@example.com';

export const edgeCases: EdgeCase[] = [
  ...casesOf(passwords, 'a new password', inBody('registerUser'), (password) => ({ email, password })),
  ...casesOf(texts(256), 'a password', inBody('loginUser'), (password) => ({ email, password })),
  ...casesOf(texts(8000), 'a message', inBody('sendMessage'), (content) => ({ content })),
  ...casesOf(texts(8000), 'an edited message', inBody('editMessage'), (content) => ({ content })),
  ...casesOf(texts(200), 'a title', inBody('createConversation'), (title) => ({ title })),
  ...casesOf(texts(1000), 'a note', inBody('rateReply'), (note) => ({ rating: 'up', note })),
  ...casesOf(ids, 'an id', { operationId: 'getMessage', in: 'path' }, (id_message) => ({ id_message })),
  ...casesOf(ids, 'a conversation', { operationId: 'listMessages', in: 'query' }, (id) => ({ id_conversation: id })),
  ...casesOf(limits, 'a limit of', { operationId: 'listMessages', in: 'query' }, (limit) => ({ limit })),
  { name: 'an edit without `regenerate`', ...inBody('editMessage'), value: { content: 'x' } },
  { name: 'a conversation without a title', ...inBody('createConversation'), value: {} },
  { name: 'a note without a rating', ...inBody('rateReply'), value: { note: 'x' } },
  { name: 'an unknown rating', ...inBody('rateReply'), value: { rating: 'sideways' } },
  { name: 'a message without content', ...inBody('sendMessage'), value: {} },
  {
    name: 'a message with an unknown field',
    ...inBody('sendMessage'),
    value: { content: 'x', colour: 'blue' },
    disagrees: NOT_STRICT,
  },
  {
    name: 'an account with an unknown field',
    ...inBody('registerUser'),
    value: { email, password: 'Password123', name: 'Ada' },
    disagrees: NOT_STRICT,
  },
];
