import Anthropic, { APIError, NotFoundError, RateLimitError } from '@anthropic-ai/sdk';

const body = { model: 'm', max_tokens: 1, messages: [] };

export const errorClasses = () => ({ any: APIError, missing: NotFoundError, tooMany: RateLimitError });
export const requestIdHeader = 'request-id';
export const create = (baseURL) => new Anthropic({ baseURL, apiKey: 'key' });
export const read = (client, options) => client.models.retrieve('m', {}, options);
export const write = (client) => client.messages.create(body);
export const list = (client) => client.models.list();
export const page = (ids, next) => ({
  body: { data: ids.map((id) => ({ id })), has_more: next !== undefined, last_id: ids.at(-1) },
});
export const stream = async function* (client) {
  yield* await client.messages.create({ ...body, stream: true });
};
export const events = [
  { type: 'message_start', message: { id: 'm', role: 'assistant', content: [] } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'message_stop' },
];
