import type { Operation, OperationId } from '../operation.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { getCurrentUser } from './get-current-user.ts';
import { getHealth } from './get-health.ts';
import { listMessages } from './list-messages.ts';
import { loginUser } from './login-user.ts';
import { logoutUser } from './logout-user.ts';
import { registerUser } from './register-user.ts';
import { sendMessage } from './send-message.ts';

/** Every operation of the spec by its id. A missing one does not compile. */
export const operations: { readonly [Id in OperationId]: Operation<Id> } = {
  getHealth,
  registerUser,
  loginUser,
  logoutUser,
  getCurrentUser,
  listMessages,
  sendMessage,
  editMessage,
  deleteMessage,
};
