import type { OperationId } from '../../src/operation.ts';
import { type Answer, type Client, newCredentials } from './client.ts';

const ID = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

/** One valid call of each operation. */
const calls: Record<OperationId, (client: Client) => Promise<Answer>> = {
  getHealth: ({ call }) => call('GET', '/health'),
  registerUser: ({ call }) => call('POST', '/users/register', { json: newCredentials() }),
  loginUser: ({ call }) => call('POST', '/users/login', { json: newCredentials() }),
  logoutUser: ({ call }) => call('POST', '/users/logout'),
  getCurrentUser: ({ call }) => call('GET', '/users/me'),
  listMessages: ({ call }) => call('GET', '/messages'),
  sendMessage: ({ call }) => call('POST', '/messages', { json: { content: 'canary' } }),
  editMessage: ({ call }) => call('PUT', `/messages/${ID}`, { json: { content: 'canary' } }),
  deleteMessage: ({ call }) => call('DELETE', `/messages/${ID}`),
};

export const sampleCall = (id: OperationId, client: Client): Promise<Answer> => calls[id](client);
