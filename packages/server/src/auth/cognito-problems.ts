import type { ProblemCode } from '@async-chatbot/shared/problems';
import { Problem } from '../problem.ts';

/** What Cognito's errors mean to the caller, by name: neither its statuses nor its messages can be relied on. */
const CODES: Readonly<Record<string, ProblemCode>> = {
  InvalidParameterException: 'validation-failed',
  InvalidPasswordException: 'validation-failed',
  NotAuthorizedException: 'invalid-credentials',
  PasswordHistoryPolicyViolationException: 'validation-failed',
  PasswordResetRequiredException: 'password-reset-required',
  UserNotConfirmedException: 'email-not-confirmed',
  UserNotFoundException: 'invalid-credentials',
  UsernameExistsException: 'email-taken',
};

/** Everything else is an outage or an operator's mistake: the caller can only try again. */
export function cognitoProblem(cause: unknown): Problem {
  const name = cause instanceof Error ? cause.name : '';
  const code = CODES[name] ?? 'service-unavailable';
  if (code !== 'validation-failed') return new Problem(code, { cause });
  return new Problem(code, { cause, errors: [name === 'InvalidParameterException' ? REFUSED : WEAK] });
}

const REFUSED = { pointer: '', code: 'refused', message: 'is refused by the identity provider' };
const WEAK = { pointer: '/password', code: 'policy', message: "does not meet the user pool's password policy" };
