/** A program that uses a generated client instead of the SDK. */
import { client } from './generated/client.gen.js';
import {
  type Exchange,
  listMessages,
  loginUser,
  type Message,
  registerUser,
  resumeReply,
  sendMessage,
} from './generated/index.js';

const [baseUrl = '', email = '', password = ''] = process.argv.slice(2);
client.setConfig({ baseUrl });

// Neither Node nor generated clients store cookies.
let cookie = '';
client.interceptors.response.use((response) => {
  const pairs = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  if (pairs.length > 0) cookie = pairs.join('; ');
  return response;
});
client.interceptors.request.use((request) => {
  if (cookie !== '') request.headers.set('cookie', cookie);
  return request;
});

const { error: refused } = await listMessages();
await registerUser({ body: { email, password }, throwOnError: true });
await loginUser({ body: { email, password }, throwOnError: true });

const { data: exchange } = await sendMessage({ body: { content: 'canary: tell me a joke' }, throwOnError: true });
const { user_message, bot_response }: Exchange = exchange;
const { data: page } = await listMessages({ query: { limit: 1 }, throwOnError: true });
const newest: Message | undefined = page.messages[0];

const types: string[] = [];
let received = '';
const { stream } = await resumeReply({ path: { id_message: bot_response.id_message }, sseMaxRetryAttempts: 1 });
for await (const event of stream) {
  // Generated from the 204, although that has no events.
  if (!event) continue;
  types.push(event.type);
  if (event.type === 'reply-delta') received += event.delta;
}

// @ts-expect-error: an exchange has no such property, so it is not `any`.
export const nothing: unknown = exchange.nonsense;
// @ts-expect-error: the content must be a string.
export const wrongBody = () => sendMessage({ body: { content: 1 } });
// @ts-expect-error: the content is required.
export const emptyBody = () => sendMessage({ body: {} });
// @ts-expect-error: the order must be asc or desc.
export const wrongQuery = () => listMessages({ query: { order: 'backwards' } });

console.log(JSON.stringify({ refused: refused?.code, user_message, bot_response, newest, page, types, received }));
