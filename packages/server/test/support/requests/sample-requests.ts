import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { type Client, newCredentials, type TestResponse } from './client.ts';

/** The id of a message that does not exist. */
export const UNKNOWN_ID = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

type OperationWithBody = {
  [Id in OperationId]: (typeof operations)[Id] extends { hasBody: true } ? Id : never;
}[OperationId];

/** A valid body for each operation that takes one. */
const bodies: Record<OperationWithBody, () => unknown> = {
  registerUser: newCredentials,
  confirmUser: () => ({ email: newCredentials().email, code: '123456' }),
  resendConfirmation: () => ({ email: newCredentials().email }),
  loginUser: newCredentials,
  forgotPassword: () => ({ email: newCredentials().email }),
  resetPassword: () => ({ ...newCredentials(), code: '123456' }),
  changePassword: () => ({ current_password: 'canary-1', new_password: 'canary-2' }),
  sendMessage: () => ({ content: 'canary' }),
  editMessage: () => ({ content: 'canary' }),
  rateReply: () => ({ rating: 'up', note: 'canary' }),
  createConversation: () => ({ title: 'canary' }),
  updateConversation: () => ({ title: 'canary' }),
};

const takesBody = (id: OperationId): id is OperationWithBody => 'hasBody' in operations[id];

/** Sends one valid request for an operation; `id` is its path parameter. */
export function sampleRequest(operation: OperationId, client: Client, id = UNKNOWN_ID): Promise<TestResponse> {
  const { method, path } = operations[operation];
  const json = takesBody(operation) ? bodies[operation]() : undefined;
  return client.call(method, path.replace(/\{\w+\}/, id), { json });
}
