import { createRequire } from 'node:module';
import { createClient } from '@async-chatbot/sdk';
import * as kit from '@async-chatbot/sdk/testing';

const commonjs = createRequire(import.meta.url)('@async-chatbot/sdk/testing');
const credentials = { email: 'ada@example.com', password: 'Password123' };
const emails = [];
for (const { createMockServer } of [kit, commonjs]) {
  const { baseUrl, fetch } = createMockServer();
  const client = createClient({ baseUrl, fetch });
  await client.users.register(credentials);
  await client.users.login(credentials);
  emails.push((await client.users.me()).email);
}
console.log(JSON.stringify(emails));
