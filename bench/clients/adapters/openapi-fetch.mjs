import createClient from 'openapi-fetch';

const path = { id_message: '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b' };

export const problemType = 'application/problem+json';
export const create = (baseUrl) => createClient({ baseUrl });
export const read = (client, options) => client.GET('/messages/{id_message}', { ...options, params: { path } });
export const write = (client) => client.POST('/messages', { body: { content: 'Hello' } });
export const list = async function* (client) {
  yield* (await client.GET('/messages')).data.messages;
};
export const stream = async function* (client) {
  yield* (await client.GET('/messages/{id_message}/events', { params: { path }, parseAs: 'stream' })).data;
};
