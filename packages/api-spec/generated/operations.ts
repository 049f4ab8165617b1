// Generated from openapi.yaml by `pnpm generate`. Do not edit.
/** Every operation. */
export const operations = {
  "getHealth": {
    "method": "GET",
    "path": "/health",
    "authenticated": false
  },
  "registerUser": {
    "method": "POST",
    "path": "/users/register",
    "authenticated": false
  },
  "confirmUser": {
    "method": "POST",
    "path": "/users/confirm",
    "authenticated": false
  },
  "resendConfirmation": {
    "method": "POST",
    "path": "/users/confirm/resend",
    "authenticated": false
  },
  "loginUser": {
    "method": "POST",
    "path": "/users/login",
    "authenticated": false
  },
  "refreshSession": {
    "method": "POST",
    "path": "/users/refresh",
    "authenticated": false
  },
  "logoutUser": {
    "method": "POST",
    "path": "/users/logout",
    "authenticated": false
  },
  "logoutEverywhere": {
    "method": "POST",
    "path": "/users/logout/everywhere",
    "authenticated": true
  },
  "forgotPassword": {
    "method": "POST",
    "path": "/users/password/forgot",
    "authenticated": false
  },
  "resetPassword": {
    "method": "POST",
    "path": "/users/password/reset",
    "authenticated": false
  },
  "getCurrentUser": {
    "method": "GET",
    "path": "/users/me",
    "authenticated": true
  },
  "deleteCurrentUser": {
    "method": "DELETE",
    "path": "/users/me",
    "authenticated": true
  },
  "changePassword": {
    "method": "PUT",
    "path": "/users/me/password",
    "authenticated": true
  },
  "exportData": {
    "method": "GET",
    "path": "/users/me/export",
    "authenticated": true
  },
  "getUsage": {
    "method": "GET",
    "path": "/users/me/usage",
    "authenticated": true
  },
  "listMessages": {
    "method": "GET",
    "path": "/messages",
    "authenticated": true
  },
  "sendMessage": {
    "method": "POST",
    "path": "/messages",
    "authenticated": true
  },
  "getMessage": {
    "method": "GET",
    "path": "/messages/{id_message}",
    "authenticated": true
  },
  "editMessage": {
    "method": "PUT",
    "path": "/messages/{id_message}",
    "authenticated": true
  },
  "deleteMessage": {
    "method": "DELETE",
    "path": "/messages/{id_message}",
    "authenticated": true
  },
  "regenerateReply": {
    "method": "POST",
    "path": "/messages/{id_message}/regenerate",
    "authenticated": true
  },
  "cancelReply": {
    "method": "POST",
    "path": "/messages/{id_message}/cancel",
    "authenticated": true
  },
  "resumeReply": {
    "method": "GET",
    "path": "/messages/{id_message}/events",
    "authenticated": true
  },
  "rateReply": {
    "method": "PUT",
    "path": "/messages/{id_message}/feedback",
    "authenticated": true
  },
  "listConversations": {
    "method": "GET",
    "path": "/conversations",
    "authenticated": true
  },
  "createConversation": {
    "method": "POST",
    "path": "/conversations",
    "authenticated": true
  },
  "getConversation": {
    "method": "GET",
    "path": "/conversations/{id_conversation}",
    "authenticated": true
  },
  "deleteConversation": {
    "method": "DELETE",
    "path": "/conversations/{id_conversation}",
    "authenticated": true
  },
  "updateConversation": {
    "method": "PATCH",
    "path": "/conversations/{id_conversation}",
    "authenticated": true
  }
} as const;
