import type { OperationId } from '@async-chatbot/core/operation';
import { type Client, newCredentials, type TestResponse } from './client.ts';

/** A message that nobody has. */
export const UNKNOWN_ID = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

/** One valid call of each operation; `id` is of what the path names. */
const requests: Record<OperationId, (client: Client, id: string) => Promise<TestResponse>> = {
  getHealth: ({ call }) => call('GET', '/health'),
  registerUser: ({ call }) => call('POST', '/users/register', { json: newCredentials() }),
  confirmUser: ({ call }) =>
    call('POST', '/users/confirm', { json: { email: newCredentials().email, code: '123456' } }),
  resendConfirmation: ({ call }) => call('POST', '/users/confirm/resend', { json: { email: newCredentials().email } }),
  loginUser: ({ call }) => call('POST', '/users/login', { json: newCredentials() }),
  logoutUser: ({ call }) => call('POST', '/users/logout'),
  refreshSession: ({ call }) => call('POST', '/users/refresh'),
  logoutEverywhere: ({ call }) => call('POST', '/users/logout/everywhere'),
  forgotPassword: ({ call }) => call('POST', '/users/password/forgot', { json: { email: newCredentials().email } }),
  resetPassword: ({ call }) => call('POST', '/users/password/reset', { json: { ...newCredentials(), code: '123456' } }),
  changePassword: ({ call }) =>
    call('PUT', '/users/me/password', { json: { current_password: 'canary-1', new_password: 'canary-2' } }),
  deleteCurrentUser: ({ call }) => call('DELETE', '/users/me'),
  exportData: ({ call }) => call('GET', '/users/me/export'),
  getCurrentUser: ({ call }) => call('GET', '/users/me'),
  listMessages: ({ call }) => call('GET', '/messages'),
  sendMessage: ({ call }) => call('POST', '/messages', { json: { content: 'canary' } }),
  editMessage: ({ call }, id) => call('PUT', `/messages/${id}`, { json: { content: 'canary' } }),
  deleteMessage: ({ call }, id) => call('DELETE', `/messages/${id}`),
  getUsage: ({ call }) => call('GET', '/users/me/usage'),
  getMessage: ({ call }, id) => call('GET', `/messages/${id}`),
  regenerateReply: ({ call }, id) => call('POST', `/messages/${id}/regenerate`),
  cancelReply: ({ call }, id) => call('POST', `/messages/${id}/cancel`),
  resumeReply: ({ call }, id) => call('GET', `/messages/${id}/events`),
  rateReply: ({ call }, id) => call('PUT', `/messages/${id}/feedback`, { json: { rating: 'up', note: 'canary' } }),
  listConversations: ({ call }) => call('GET', '/conversations'),
  createConversation: ({ call }) => call('POST', '/conversations', { json: { title: 'canary' } }),
  getConversation: ({ call }, id) => call('GET', `/conversations/${id}`),
  updateConversation: ({ call }, id) => call('PATCH', `/conversations/${id}`, { json: { title: 'canary' } }),
  deleteConversation: ({ call }, id) => call('DELETE', `/conversations/${id}`),
};

export const sampleRequest = (operation: OperationId, client: Client, id = UNKNOWN_ID): Promise<TestResponse> =>
  requests[operation](client, id);
