// Generated from openapi.yaml by `pnpm generate`. Do not edit.
import type { OperationEntry } from '../src/operation-table.ts';

/** All operations by id. */
export const operations = {
  "getHealth": {
    "method": "GET",
    "path": "/health",
    "isAuthenticated": false
  },
  "getReadiness": {
    "method": "GET",
    "path": "/ready",
    "isAuthenticated": false
  },
  "registerUser": {
    "method": "POST",
    "path": "/users/register",
    "isAuthenticated": false,
    "hasBody": true,
    "rateLimits": [
      "address",
      "email",
      "account"
    ]
  },
  "confirmUser": {
    "method": "POST",
    "path": "/users/confirm",
    "isAuthenticated": false,
    "hasBody": true,
    "rateLimits": [
      "address",
      "email",
      "account"
    ]
  },
  "resendConfirmation": {
    "method": "POST",
    "path": "/users/confirm/resend",
    "isAuthenticated": false,
    "hasBody": true,
    "rateLimits": [
      "address",
      "email",
      "account"
    ]
  },
  "loginUser": {
    "method": "POST",
    "path": "/users/login",
    "isAuthenticated": false,
    "hasBody": true,
    "rateLimits": [
      "address",
      "email",
      "account"
    ]
  },
  "refreshSession": {
    "method": "POST",
    "path": "/users/refresh",
    "isAuthenticated": false,
    "rateLimits": [
      "refresh"
    ]
  },
  "logoutUser": {
    "method": "POST",
    "path": "/users/logout",
    "isAuthenticated": false
  },
  "logoutEverywhere": {
    "method": "POST",
    "path": "/users/logout/everywhere",
    "isAuthenticated": true,
    "rateLimits": [
      "user"
    ]
  },
  "forgotPassword": {
    "method": "POST",
    "path": "/users/password/forgot",
    "isAuthenticated": false,
    "hasBody": true,
    "rateLimits": [
      "address",
      "email",
      "account"
    ]
  },
  "resetPassword": {
    "method": "POST",
    "path": "/users/password/reset",
    "isAuthenticated": false,
    "hasBody": true,
    "rateLimits": [
      "address",
      "email",
      "account"
    ]
  },
  "getCurrentUser": {
    "method": "GET",
    "path": "/users/me",
    "isAuthenticated": true
  },
  "deleteCurrentUser": {
    "method": "DELETE",
    "path": "/users/me",
    "isAuthenticated": true,
    "rateLimits": [
      "user"
    ]
  },
  "changePassword": {
    "method": "PUT",
    "path": "/users/me/password",
    "isAuthenticated": true,
    "hasBody": true,
    "rateLimits": [
      "user"
    ]
  },
  "exportData": {
    "method": "GET",
    "path": "/users/me/export",
    "isAuthenticated": true,
    "responseTypes": [
      "application/x-ndjson"
    ],
    "rateLimits": [
      "user"
    ]
  },
  "getUsage": {
    "method": "GET",
    "path": "/users/me/usage",
    "isAuthenticated": true
  },
  "listMessages": {
    "method": "GET",
    "path": "/messages",
    "isAuthenticated": true,
    "integers": [
      "limit"
    ],
    "items": "messages"
  },
  "sendMessage": {
    "method": "POST",
    "path": "/messages",
    "isAuthenticated": true,
    "hasBody": true,
    "hasIdempotencyKey": true,
    "responseTypes": [
      "application/json",
      "text/event-stream"
    ]
  },
  "getMessage": {
    "method": "GET",
    "path": "/messages/{id_message}",
    "isAuthenticated": true
  },
  "editMessage": {
    "method": "PUT",
    "path": "/messages/{id_message}",
    "isAuthenticated": true,
    "hasBody": true
  },
  "deleteMessage": {
    "method": "DELETE",
    "path": "/messages/{id_message}",
    "isAuthenticated": true
  },
  "regenerateReply": {
    "method": "POST",
    "path": "/messages/{id_message}/regenerate",
    "isAuthenticated": true,
    "responseTypes": [
      "application/json",
      "text/event-stream"
    ]
  },
  "cancelReply": {
    "method": "POST",
    "path": "/messages/{id_message}/cancel",
    "isAuthenticated": true
  },
  "resumeReply": {
    "method": "GET",
    "path": "/messages/{id_message}/events",
    "isAuthenticated": true,
    "responseTypes": [
      "text/event-stream"
    ]
  },
  "rateReply": {
    "method": "PUT",
    "path": "/messages/{id_message}/feedback",
    "isAuthenticated": true,
    "hasBody": true
  },
  "listConversations": {
    "method": "GET",
    "path": "/conversations",
    "isAuthenticated": true,
    "integers": [
      "limit"
    ],
    "items": "conversations"
  },
  "createConversation": {
    "method": "POST",
    "path": "/conversations",
    "isAuthenticated": true,
    "hasBody": true
  },
  "getConversation": {
    "method": "GET",
    "path": "/conversations/{id_conversation}",
    "isAuthenticated": true
  },
  "deleteConversation": {
    "method": "DELETE",
    "path": "/conversations/{id_conversation}",
    "isAuthenticated": true
  },
  "updateConversation": {
    "method": "PATCH",
    "path": "/conversations/{id_conversation}",
    "isAuthenticated": true,
    "hasBody": true
  }
} as const satisfies Record<string, OperationEntry>;
