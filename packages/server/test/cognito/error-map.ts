import type { ProblemCode } from '@async-chatbot/shared/problems';

/** The Cognito operations whose errors reach API clients. */
export const OPERATIONS = [
  'SignUp',
  'ConfirmSignUp',
  'ResendConfirmationCode',
  'ForgotPassword',
  'ConfirmForgotPassword',
  'InitiateAuth',
  'GetTokensFromRefreshToken',
  'ChangePassword',
] as const;

export type CognitoOperation = (typeof OPERATIONS)[number];

/** `success`: the client gets the success response. */
export type Outcome = ProblemCode | 'success';

export interface Row {
  names: readonly string[];
  from: readonly CognitoOperation[];
  status: number;
  outcome: Outcome;
}

export const CODES = ['ConfirmSignUp', 'ConfirmForgotPassword'] as const;
export const MAILS = ['ResendConfirmationCode', 'ForgotPassword'] as const;

/** What clients should get, derived from AWS's documentation of the errors and from what may be revealed. */
export const ERROR_MAP: readonly Row[] = [
  { names: ['NotAuthorizedException'], from: ['InitiateAuth'], status: 401, outcome: 'invalid-credentials' },
  { names: ['NotAuthorizedException'], from: ['GetTokensFromRefreshToken'], status: 401, outcome: 'session-expired' },
  { names: ['NotAuthorizedException'], from: ['SignUp'], status: 403, outcome: 'rejected-by-policy' },
  { names: ['NotAuthorizedException'], from: MAILS, status: 202, outcome: 'success' },
  { names: ['NotAuthorizedException'], from: CODES, status: 400, outcome: 'code-invalid' },
  { names: ['NotAuthorizedException'], from: ['ChangePassword'], status: 403, outcome: 'wrong-password' },
  { names: ['UserNotFoundException'], from: ['InitiateAuth'], status: 401, outcome: 'invalid-credentials' },
  { names: ['UserNotFoundException'], from: MAILS, status: 202, outcome: 'success' },
  { names: ['UserNotFoundException'], from: CODES, status: 400, outcome: 'code-invalid' },
  { names: ['UserNotFoundException'], from: ['GetTokensFromRefreshToken'], status: 401, outcome: 'session-expired' },
  {
    names: ['UserNotConfirmedException'],
    from: ['InitiateAuth', 'ConfirmForgotPassword'],
    status: 403,
    outcome: 'email-not-confirmed',
  },
  {
    names: ['PasswordResetRequiredException'],
    from: ['InitiateAuth', 'ChangePassword'],
    status: 403,
    outcome: 'password-reset-required',
  },
  { names: ['UsernameExistsException'], from: ['SignUp'], status: 202, outcome: 'success' },
  { names: ['AliasExistsException'], from: ['ConfirmSignUp'], status: 409, outcome: 'email-taken' },
  {
    names: ['InvalidPasswordException', 'PasswordHistoryPolicyViolationException'],
    from: ['SignUp', 'ConfirmForgotPassword', 'ChangePassword'],
    status: 422,
    outcome: 'validation-failed',
  },
  { names: ['CodeMismatchException', 'ExpiredCodeException'], from: CODES, status: 400, outcome: 'code-invalid' },
  { names: ['TooManyFailedAttemptsException'], from: CODES, status: 429, outcome: 'too-many-requests' },
  { names: ['LimitExceededException'], from: MAILS, status: 202, outcome: 'success' },
  // The user was created, and can request another code.
  {
    names: ['LimitExceededException', 'CodeDeliveryFailureException'],
    from: ['SignUp'],
    status: 202,
    outcome: 'success',
  },
  { names: ['LimitExceededException'], from: [...CODES, 'ChangePassword'], status: 429, outcome: 'too-many-requests' },
  { names: ['TooManyRequestsException'], from: OPERATIONS, status: 503, outcome: 'service-unavailable' },
  { names: ['InvalidParameterException'], from: OPERATIONS, status: 400, outcome: 'malformed-request' },
  {
    names: ['RefreshTokenReuseException'],
    from: ['GetTokensFromRefreshToken'],
    status: 401,
    outcome: 'refresh-reused',
  },
  {
    names: ['UserLambdaValidationException', 'ForbiddenException'],
    from: OPERATIONS,
    status: 403,
    outcome: 'rejected-by-policy',
  },
  {
    names: [
      'ResourceNotFoundException',
      'InvalidUserPoolConfigurationException',
      'InvalidSmsRoleAccessPolicyException',
      'InvalidSmsRoleTrustRelationshipException',
      'InvalidEmailRoleAccessPolicyException',
      'InvalidLambdaResponseException',
      'UnexpectedLambdaException',
      'OperationNotEnabledException',
      'FeatureUnavailableInTierException',
      'UnsupportedUserStateException',
      'PreconditionNotMetException',
      'InternalErrorException',
    ],
    from: OPERATIONS,
    status: 503,
    outcome: 'service-unavailable',
  },
  { names: ['SomethingNewException'], from: OPERATIONS, status: 502, outcome: 'service-unavailable' },
];
