import { createClient } from './generated/client/index.ts';
import * as api from './generated/sdk.gen.ts';

const id_message = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

export const problemType = 'application/problem+json';
export const create = (baseUrl) => ({ client: createClient({ baseUrl, throwOnError: true }), ...api });
export const read = ({ client, getMessage }, options) => getMessage({ ...options, client, path: { id_message } });
export const write = ({ client, sendMessage }) => sendMessage({ client, body: { content: 'Hello' } });
export const list = async function* ({ client, listMessages }) {
  yield* (await listMessages({ client })).data.messages;
};
export const stream = async function* ({ client, resumeReply }) {
  yield* (await resumeReply({ client, path: { id_message } })).stream;
};
