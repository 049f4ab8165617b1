// Generated from openapi.yaml by `pnpm generate`. Do not edit.
/** How each operation is called. */
export const operations = {
  "getHealth": {
    "method": "GET",
    "path": "/health",
    "authenticated": false,
    "hasBody": false
  },
  "registerUser": {
    "method": "POST",
    "path": "/users/register",
    "authenticated": false,
    "hasBody": true
  },
  "confirmUser": {
    "method": "POST",
    "path": "/users/confirm",
    "authenticated": false,
    "hasBody": true
  },
  "resendConfirmation": {
    "method": "POST",
    "path": "/users/confirm/resend",
    "authenticated": false,
    "hasBody": true
  },
  "loginUser": {
    "method": "POST",
    "path": "/users/login",
    "authenticated": false,
    "hasBody": true
  },
  "refreshSession": {
    "method": "POST",
    "path": "/users/refresh",
    "authenticated": false,
    "hasBody": false
  },
  "logoutUser": {
    "method": "POST",
    "path": "/users/logout",
    "authenticated": false,
    "hasBody": false
  },
  "logoutEverywhere": {
    "method": "POST",
    "path": "/users/logout/everywhere",
    "authenticated": true,
    "hasBody": false
  },
  "forgotPassword": {
    "method": "POST",
    "path": "/users/password/forgot",
    "authenticated": false,
    "hasBody": true
  },
  "resetPassword": {
    "method": "POST",
    "path": "/users/password/reset",
    "authenticated": false,
    "hasBody": true
  },
  "getCurrentUser": {
    "method": "GET",
    "path": "/users/me",
    "authenticated": true,
    "hasBody": false
  },
  "deleteCurrentUser": {
    "method": "DELETE",
    "path": "/users/me",
    "authenticated": true,
    "hasBody": false
  },
  "changePassword": {
    "method": "PUT",
    "path": "/users/me/password",
    "authenticated": true,
    "hasBody": true
  },
  "exportData": {
    "method": "GET",
    "path": "/users/me/export",
    "authenticated": true,
    "hasBody": false
  },
  "getUsage": {
    "method": "GET",
    "path": "/users/me/usage",
    "authenticated": true,
    "hasBody": false
  },
  "listMessages": {
    "method": "GET",
    "path": "/messages",
    "authenticated": true,
    "hasBody": false
  },
  "sendMessage": {
    "method": "POST",
    "path": "/messages",
    "authenticated": true,
    "hasBody": true
  },
  "getMessage": {
    "method": "GET",
    "path": "/messages/{id_message}",
    "authenticated": true,
    "hasBody": false
  },
  "editMessage": {
    "method": "PUT",
    "path": "/messages/{id_message}",
    "authenticated": true,
    "hasBody": true
  },
  "deleteMessage": {
    "method": "DELETE",
    "path": "/messages/{id_message}",
    "authenticated": true,
    "hasBody": false
  },
  "regenerateReply": {
    "method": "POST",
    "path": "/messages/{id_message}/regenerate",
    "authenticated": true,
    "hasBody": false
  },
  "cancelReply": {
    "method": "POST",
    "path": "/messages/{id_message}/cancel",
    "authenticated": true,
    "hasBody": false
  },
  "resumeReply": {
    "method": "GET",
    "path": "/messages/{id_message}/events",
    "authenticated": true,
    "hasBody": false
  },
  "rateReply": {
    "method": "PUT",
    "path": "/messages/{id_message}/feedback",
    "authenticated": true,
    "hasBody": true
  },
  "listConversations": {
    "method": "GET",
    "path": "/conversations",
    "authenticated": true,
    "hasBody": false
  },
  "createConversation": {
    "method": "POST",
    "path": "/conversations",
    "authenticated": true,
    "hasBody": true
  },
  "getConversation": {
    "method": "GET",
    "path": "/conversations/{id_conversation}",
    "authenticated": true,
    "hasBody": false
  },
  "deleteConversation": {
    "method": "DELETE",
    "path": "/conversations/{id_conversation}",
    "authenticated": true,
    "hasBody": false
  },
  "updateConversation": {
    "method": "PATCH",
    "path": "/conversations/{id_conversation}",
    "authenticated": true,
    "hasBody": true
  }
} as const;
