// Generated from openapi.yaml by `pnpm generate`. Do not edit.
import type { CallEntry } from '../src/call-table.ts';

/** Every operation, as a client calls it. */
export const calls = {
  "getHealth": [
    "GET",
    "/health",
    false
  ],
  "registerUser": [
    "POST",
    "/users/register",
    false
  ],
  "confirmUser": [
    "POST",
    "/users/confirm",
    false
  ],
  "resendConfirmation": [
    "POST",
    "/users/confirm/resend",
    false
  ],
  "loginUser": [
    "POST",
    "/users/login",
    false
  ],
  "refreshSession": [
    "POST",
    "/users/refresh",
    false
  ],
  "logoutUser": [
    "POST",
    "/users/logout",
    false
  ],
  "logoutEverywhere": [
    "POST",
    "/users/logout/everywhere",
    true
  ],
  "forgotPassword": [
    "POST",
    "/users/password/forgot",
    false
  ],
  "resetPassword": [
    "POST",
    "/users/password/reset",
    false
  ],
  "getCurrentUser": [
    "GET",
    "/users/me",
    true
  ],
  "deleteCurrentUser": [
    "DELETE",
    "/users/me",
    true
  ],
  "changePassword": [
    "PUT",
    "/users/me/password",
    true
  ],
  "exportData": [
    "GET",
    "/users/me/export",
    true,
    {
      "accept": "application/x-ndjson"
    }
  ],
  "getUsage": [
    "GET",
    "/users/me/usage",
    true
  ],
  "listMessages": [
    "GET",
    "/messages",
    true,
    {
      "items": "messages"
    }
  ],
  "sendMessage": [
    "POST",
    "/messages",
    true,
    {
      "keyed": true
    }
  ],
  "getMessage": [
    "GET",
    "/messages/{id_message}",
    true
  ],
  "editMessage": [
    "PUT",
    "/messages/{id_message}",
    true
  ],
  "deleteMessage": [
    "DELETE",
    "/messages/{id_message}",
    true
  ],
  "regenerateReply": [
    "POST",
    "/messages/{id_message}/regenerate",
    true
  ],
  "cancelReply": [
    "POST",
    "/messages/{id_message}/cancel",
    true
  ],
  "resumeReply": [
    "GET",
    "/messages/{id_message}/events",
    true,
    {
      "accept": "text/event-stream"
    }
  ],
  "rateReply": [
    "PUT",
    "/messages/{id_message}/feedback",
    true
  ],
  "listConversations": [
    "GET",
    "/conversations",
    true,
    {
      "items": "conversations"
    }
  ],
  "createConversation": [
    "POST",
    "/conversations",
    true
  ],
  "getConversation": [
    "GET",
    "/conversations/{id_conversation}",
    true
  ],
  "deleteConversation": [
    "DELETE",
    "/conversations/{id_conversation}",
    true
  ],
  "updateConversation": [
    "PATCH",
    "/conversations/{id_conversation}",
    true
  ]
} as const satisfies Record<string, CallEntry>;
