import type { Operation, OperationId } from '../operation.ts';
import { changePassword } from './change-password.ts';
import { confirmUser } from './confirm-user.ts';
import { deleteCurrentUser } from './delete-current-user.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { exportData } from './export-data.ts';
import { forgotPassword } from './forgot-password.ts';
import { getCurrentUser } from './get-current-user.ts';
import { getHealth } from './get-health.ts';
import { listMessages } from './list-messages.ts';
import { loginUser } from './login-user.ts';
import { logoutEverywhere } from './logout-everywhere.ts';
import { logoutUser } from './logout-user.ts';
import { refreshSession } from './refresh-session.ts';
import { registerUser } from './register-user.ts';
import { resendConfirmation } from './resend-confirmation.ts';
import { resetPassword } from './reset-password.ts';
import { sendMessage } from './send-message.ts';

/** Every operation of the spec by its id. A missing one does not compile. */
export const operations: { readonly [Id in OperationId]: Operation<Id> } = {
  getHealth,
  registerUser,
  confirmUser,
  resendConfirmation,
  loginUser,
  refreshSession,
  logoutUser,
  logoutEverywhere,
  forgotPassword,
  resetPassword,
  getCurrentUser,
  deleteCurrentUser,
  changePassword,
  exportData,
  listMessages,
  sendMessage,
  editMessage,
  deleteMessage,
};
