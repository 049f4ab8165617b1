/** An error with Cognito's name and status. */
export class CognitoError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** Cognito's errors by the pool's reasons. Operations may override them. */
const ERRORS = {
  'code-expired': ['ExpiredCodeException', 'Invalid code provided, please request a code again.'],
  disabled: ['NotAuthorizedException', 'User is disabled.'],
  'email-taken': ['UsernameExistsException', 'User already exists'],
  'already-confirmed': ['InvalidParameterException', 'User is already confirmed.'],
  'reset-required': ['PasswordResetRequiredException', 'Password reset required for the user'],
  'session-ended': ['NotAuthorizedException', 'Access Token has been revoked'],
  'session-expired': ['NotAuthorizedException', 'Refresh Token has expired'],
  'token-reused': ['RefreshTokenReuseException', 'Refresh token reuse detected'],
  'too-many-wrong-codes': ['LimitExceededException', 'Attempt limit exceeded, please try after some time.'],
  unconfirmed: ['UserNotConfirmedException', 'User is not confirmed.'],
  'unknown-token': ['NotAuthorizedException', 'Invalid Refresh Token'],
  'unknown-user': ['UserNotFoundException', 'User does not exist.'],
  'weak-password': ['InvalidPasswordException', 'Password did not conform with policy'],
  'wrong-code': ['CodeMismatchException', 'Invalid verification code provided, please try again.'],
  'wrong-credentials': ['NotAuthorizedException', 'Incorrect username or password.'],
  'wrong-password': ['NotAuthorizedException', 'Incorrect username or password.'],
} as const;

type Reason = keyof typeof ERRORS;

export function cognitoError(reason: Reason): CognitoError {
  const [name, message] = ERRORS[reason];
  return new CognitoError(name, message);
}

export const invalidParameter = (message: string): CognitoError =>
  new CognitoError('InvalidParameterException', message);

export const notAuthorized = (message: string): CognitoError => new CognitoError('NotAuthorizedException', message);
