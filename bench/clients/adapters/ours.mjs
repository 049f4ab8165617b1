import { ApiError, createClient, NotFoundError, RateLimitError } from '@async-chatbot/sdk';

const ID = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
const account = { email: 'ada@example.com', password: 'Password123' };

export const errorClasses = () => ({ any: ApiError, missing: NotFoundError, tooMany: RateLimitError });
export const problemType = 'application/problem+json';
export const create = (baseUrl) => createClient({ baseUrl });
export const logIn = (client) => client.users.login(account);
export const read = (client, options) => client.messages.get(ID, options);
export const write = (client) => client.users.register(account);
export const send = (client) => client.messages.send({ content: 'Hello' });
export const list = (client) => client.messages.list();
export const stream = (client) => client.messages.stream({ content: 'Hello' });
