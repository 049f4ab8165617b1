/** What each problem code of the spec means. Its `status` and `title` are the same wherever the code appears. */
import type { components } from '@async-chatbot/api-spec';

export type ProblemCode = components['schemas']['ProblemCode'];

/** Every problem of the API: HTTP status, title, and the usual detail (RFC 9457). */
export const problems = {
  'ambiguous-credentials': {
    status: 400,
    title: 'Two credentials at once',
    detail: 'Send either the session cookie or a bearer token, not both.',
  },
  'body-too-large': { status: 413, title: 'The body is too large', detail: 'A body may have 64 KB at the most.' },
  'bot-message-not-editable': {
    status: 409,
    title: "The bot's messages cannot be edited",
    detail: 'Only messages that you sent can be edited.',
  },
  'bot-misconfigured': {
    status: 502,
    title: 'The bot is misconfigured',
    detail:
      "The model refuses this server's requests. Your message is stored; the operator must fix the configuration.",
  },
  'bot-unavailable': {
    status: 503,
    title: 'The bot cannot answer for the moment',
    detail: 'Your message is stored. Try again later.',
  },
  'challenge-required': {
    status: 403,
    title: 'The login needs a further step',
    detail: 'The identity provider asks for a further step, such as a second factor, which this API does not offer.',
  },
  'code-invalid': {
    status: 400,
    title: 'The code is not valid',
    detail: 'The code is wrong, has expired or was used. Ask for a new one.',
  },
  'conversation-not-found': {
    status: 404,
    title: 'No such conversation',
    detail: 'You have no conversation with this id.',
  },
  'cross-site-request': {
    status: 403,
    title: 'A page of another site may not do this',
    detail: "Call from the API's own origin, or from one that the server is configured to allow.",
  },
  'email-not-confirmed': {
    status: 403,
    title: 'The e-mail address is not confirmed',
    detail: 'Confirm the e-mail address, then log in.',
  },
  'email-taken': {
    status: 409,
    title: 'The e-mail address is taken',
    detail: 'An account with this e-mail address exists. Log in instead.',
  },
  'headers-too-large': { status: 431, title: 'The headers are too large', detail: 'Send fewer or smaller headers.' },
  'idempotency-key-reused': {
    status: 422,
    title: 'The idempotency key was used for another message',
    detail: 'Send the same message with this key, or another key.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    detail: 'The request failed through no fault of yours.',
  },
  'invalid-credentials': {
    status: 401,
    title: 'Wrong e-mail address or password',
    detail: 'No account has this e-mail address and password.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    detail: 'The body, the path or the request itself cannot be read.',
  },
  'message-changed': {
    status: 412,
    title: 'The message was changed meanwhile',
    detail: 'Read the message again and decide anew.',
  },
  'message-not-found': { status: 404, title: 'No such message', detail: 'You have no message with this id.' },
  'message-too-long': {
    status: 422,
    title: 'The message is too long for the model',
    detail: 'The model cannot read a message this long. Your message is stored. Edit it, or send a shorter one.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    detail: 'Use one of the methods that the Allow header names.',
  },
  'not-found': { status: 404, title: 'No such page', detail: 'Nothing is served at this path.' },
  'password-reset-required': {
    status: 403,
    title: 'The password must be reset',
    detail: 'Reset the password, then log in.',
  },
  'quota-exceeded': {
    status: 429,
    title: "The day's quota is used up",
    detail: 'Wait until tomorrow; getUsage tells what is left.',
  },
  'recent-login-required': {
    status: 403,
    title: 'Log in anew for this',
    detail: 'The login is older than five minutes. Log in again, then repeat the request.',
  },
  'refresh-reused': {
    status: 401,
    title: 'The refresh cookie was used before',
    detail: 'The session is over, since somebody else may have its refresh cookie. Log in again.',
  },
  'rejected-by-policy': {
    status: 403,
    title: 'The identity provider refuses this',
    detail: 'A rule of the identity provider refuses the request.',
  },
  'reply-in-progress': {
    status: 409,
    title: 'The bot is answering already',
    detail: 'Wait until the bot has answered, or cancel its reply.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long',
    detail: 'Send the whole request without delay.',
  },
  'service-unavailable': {
    status: 503,
    title: 'The service is unavailable for the moment',
    detail: 'Try again in a few seconds.',
  },
  'session-expired': {
    status: 401,
    title: 'The session is over',
    detail: 'The session has expired or was ended. Log in again.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    detail: 'Wait as many seconds as Retry-After says, then try again.',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many streams at once',
    detail: 'Close one of your three streams first.',
  },
  unauthenticated: {
    status: 401,
    title: 'Log in first',
    detail: 'There is no valid session. Refresh it or log in, then try again.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body has the wrong content type',
    detail: 'Send the body as application/json.',
  },
  'validation-failed': {
    status: 422,
    title: 'The request is not valid',
    detail: 'The request breaks a rule of the API.',
  },
  'wrong-password': {
    status: 403,
    title: 'The current password is wrong',
    detail: 'The password was not changed, since the current one is wrong.',
  },
} as const satisfies Record<ProblemCode, { status: number; title: string; detail: string }>;
