import type { Handler, OperationId } from '../operation.ts';
import { cancelReply } from './cancel-reply.ts';
import { changePassword } from './change-password.ts';
import { confirmUser } from './confirm-user.ts';
import { createConversation } from './create-conversation.ts';
import { deleteConversation } from './delete-conversation.ts';
import { deleteCurrentUser } from './delete-current-user.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { exportData } from './export-data.ts';
import { forgotPassword } from './forgot-password.ts';
import { getConversation } from './get-conversation.ts';
import { getCurrentUser } from './get-current-user.ts';
import { getHealth } from './get-health.ts';
import { getMessage } from './get-message.ts';
import { getReadiness } from './get-readiness.ts';
import { getUsage } from './get-usage.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { loginUser } from './login-user.ts';
import { logoutEverywhere } from './logout-everywhere.ts';
import { logoutUser } from './logout-user.ts';
import { rateReply } from './rate-reply.ts';
import { refreshSession } from './refresh-session.ts';
import { regenerateReply } from './regenerate-reply.ts';
import { registerUser } from './register-user.ts';
import { resendConfirmation } from './resend-confirmation.ts';
import { resetPassword } from './reset-password.ts';
import { resumeReply } from './resume-reply.ts';
import { sendMessage } from './send-message.ts';
import { updateConversation } from './update-conversation.ts';

/** The handlers of all operations. A missing one does not compile. */
export const operations: { readonly [Id in OperationId]: Handler<Id> } = {
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
  getUsage,
  listMessages,
  sendMessage,
  getMessage,
  getReadiness,
  editMessage,
  deleteMessage,
  regenerateReply,
  cancelReply,
  resumeReply,
  rateReply,
  listConversations,
  createConversation,
  getConversation,
  updateConversation,
  deleteConversation,
};
