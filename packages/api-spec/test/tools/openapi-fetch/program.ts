/** Registers, logs in, sends a message and lists it, by openapi-fetch: `node program.ts <URL> <email> <password>`. */
import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './openapi.ts';

const [baseUrl = '', email = '', password = ''] = process.argv.slice(2);
// Only JSON responses: by default, the response types would include stream events.
const client = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl });

// Browsers store cookies by themselves.
let cookie = '';
const cookies: Middleware = {
  onRequest: ({ request }) => request.headers.set('cookie', cookie),
  onResponse({ response }) {
    const pairs = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    if (pairs.length > 0) cookie = pairs.join('; ');
  },
};
client.use(cookies);

await client.POST('/users/register', { body: { email, password } });
const { error } = await client.POST('/users/login', { body: { email, password: `${password}?` } });
await client.POST('/users/login', { body: { email, password } });
const { data: exchange } = await client.POST('/messages', { body: { content: 'Tell me a joke' } });
const { data: page } = await client.GET('/messages', { params: { query: { limit: 1 } } });

const refused: 'invalid-credentials' | undefined = error?.code === 'invalid-credentials' ? error.code : undefined;
const sent: string | undefined = exchange?.user_message.content;
const listed: string[] | undefined = page?.messages.map(({ content }) => content);
process.stdout.write(JSON.stringify({ refused, sent, reply: exchange?.bot_response.content, listed }));
