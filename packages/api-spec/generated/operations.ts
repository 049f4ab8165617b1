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
  "loginUser": {
    "method": "POST",
    "path": "/users/login",
    "authenticated": false,
    "hasBody": true
  },
  "logoutUser": {
    "method": "POST",
    "path": "/users/logout",
    "authenticated": false,
    "hasBody": false
  },
  "getCurrentUser": {
    "method": "GET",
    "path": "/users/me",
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
  }
} as const;
