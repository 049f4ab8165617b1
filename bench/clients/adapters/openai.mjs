import OpenAI, { APIError, NotFoundError, RateLimitError } from 'openai';

const body = { model: 'm', messages: [] };

export const errorClasses = () => ({ any: APIError, missing: NotFoundError, tooMany: RateLimitError });
export const create = (baseURL) => new OpenAI({ baseURL, apiKey: 'key' });
export const read = (client, options) => client.models.retrieve('m', options);
export const write = (client) => client.chat.completions.create(body);
export const list = (client) => client.files.list();
export const page = (ids, next) => ({ body: { data: ids.map((id) => ({ id })), has_more: next !== undefined } });
export const stream = async function* (client) {
  yield* await client.chat.completions.create({ ...body, stream: true });
};
export const events = ['a', 'b', 'c'].map((content) => ({ choices: [{ index: 0, delta: { content } }] }));
