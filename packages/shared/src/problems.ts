/** Every problem code of the spec. `status` and `title` are the same for every occurrence of a code. */
import type { components } from '@async-chatbot/api-spec';

export type ProblemCode = components['schemas']['ProblemCode'];

/** HTTP status, title and default detail of each code (RFC 9457). */
export const problems = {
  'ambiguous-credentials': {
    status: 400,
    title: 'Ambiguous credentials',
    detail: 'Send either the session cookie or a bearer token, not both.',
  },
  'body-too-large': {
    status: 413,
    title: 'Request body too large',
    detail: 'The body must be at most 100 KB.',
  },
  'bot-message-not-editable': {
    status: 409,
    title: 'Bot messages cannot be edited',
    detail: 'Edit your own message instead, or regenerate the reply.',
  },
  'bot-misconfigured': {
    status: 502,
    title: 'The bot is misconfigured',
    detail:
      "The model provider rejects this server's requests. Your message is stored; an operator must fix the configuration.",
  },
  'bot-unavailable': {
    status: 503,
    title: 'The bot is unavailable',
    detail: 'Your message is stored. Regenerate the reply later.',
  },
  'challenge-required': {
    status: 403,
    title: 'Login requires another step',
    detail:
      'The identity provider requires a step that this API does not support, such as a second factor. Contact the operator.',
  },
  'code-invalid': {
    status: 400,
    title: 'Invalid code',
    detail: 'The code is wrong, expired or already used. Request a new one.',
  },
  'conversation-not-found': {
    status: 404,
    title: 'Conversation not found',
    detail: 'You have no conversation with this id. Check the id; the conversation may have been deleted.',
  },
  'cross-site-request': {
    status: 403,
    title: 'Cross-site request rejected',
    detail: "The origin of this request is not allowed. Use the API's own origin, or ask the operator to allow yours.",
  },
  'email-not-confirmed': {
    status: 403,
    title: 'Email address not confirmed',
    detail: 'Confirm the email address with POST /users/confirm, then log in.',
  },
  'email-taken': {
    status: 409,
    title: 'Email address already in use',
    detail: 'An account with this email address exists. Log in, or reset its password.',
  },
  'headers-too-large': {
    status: 431,
    title: 'Request headers too large',
    detail: 'Send fewer or shorter headers, at most 16 KB in total.',
  },
  'http-version-not-supported': {
    status: 505,
    title: 'HTTP version not supported',
    detail: 'Use HTTP/1.1.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'Idempotency key already used',
    detail: 'This key was used for a different message. Use a new key, or repeat the original message.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal server error',
    detail: 'The server failed unexpectedly. Retry, and report the request_id if the error persists.',
  },
  'invalid-credentials': {
    status: 401,
    title: 'Wrong email address or password',
    detail: 'No account has this email address and password. Check both, or reset the password.',
  },
  'malformed-request': {
    status: 400,
    title: 'Malformed request',
    detail: 'The request cannot be parsed. Fix it before retrying.',
  },
  'message-changed': {
    status: 412,
    title: 'The message has changed',
    detail: 'Fetch the message and retry with its current ETag.',
  },
  'message-not-found': {
    status: 404,
    title: 'Message not found',
    detail:
      'You have no message with this id in this conversation. Check id_message and id_conversation; it may have been deleted.',
  },
  'message-too-long': {
    status: 422,
    title: 'Message too long for the model',
    detail: "The message is stored, but exceeds the model's context length. Shorten it, then regenerate the reply.",
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'Use one of the methods in the Allow header.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    detail: 'Nothing is served at this path. Check the URL.',
  },
  'not-ready': {
    status: 503,
    title: 'Not ready',
    detail: 'The server is starting, or cannot reach a system that it depends on.',
  },
  'password-reset-required': {
    status: 403,
    title: 'Password reset required',
    detail: 'Request a code with POST /users/password/forgot and reset the password, then log in.',
  },
  'quota-exceeded': {
    status: 429,
    title: 'Daily quota exceeded',
    detail: 'The quota resets at midnight UTC. GET /users/me/usage shows your usage.',
  },
  'recent-login-required': {
    status: 403,
    title: 'Recent login required',
    detail: 'The login is more than five minutes old. Log in again and retry.',
  },
  'refresh-reused': {
    status: 401,
    title: 'Refresh cookie already used',
    detail: 'The refresh cookie may have been stolen, so the session was ended. Log in again.',
  },
  'rejected-by-policy': {
    status: 403,
    title: 'Rejected by the identity provider',
    detail: "The identity provider's policy rejects this request. Contact the operator.",
  },
  'reply-in-progress': {
    status: 409,
    title: 'Reply in progress',
    detail: 'The bot is already replying in this conversation. Wait for the reply or cancel it, then retry.',
  },
  'request-timeout': {
    status: 408,
    title: 'Request timeout',
    detail: 'The request took too long to arrive. Send it again, over a faster connection if possible.',
  },
  'service-unavailable': {
    status: 503,
    title: 'Service unavailable',
    detail: 'Retry after the number of seconds in the Retry-After header.',
  },
  'session-expired': {
    status: 401,
    title: 'Session expired',
    detail: 'The session has expired or was ended. Log in again.',
  },
  'too-many-replies': {
    status: 429,
    title: 'Too many replies in progress',
    detail: 'You have reached the limit of replies in progress. Wait for one to finish, or cancel one, then retry.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    detail: 'Retry after the number of seconds in the Retry-After header.',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many open streams',
    detail: 'You can have three streams open at once. Close one and retry.',
  },
  unauthenticated: {
    status: 401,
    title: 'Authentication required',
    detail: 'There is no valid session or access token. Refresh the session or log in, then retry.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Send the body as application/json in UTF-8.',
  },
  'validation-failed': {
    status: 422,
    title: 'Validation failed',
    detail: 'The request is invalid. Fix the listed errors and retry.',
  },
  'wrong-password': {
    status: 403,
    title: 'Wrong current password',
    detail: 'The password was not changed. Check the current password and retry.',
  },
} as const satisfies Record<ProblemCode, { status: number; title: string; detail: string }>;
