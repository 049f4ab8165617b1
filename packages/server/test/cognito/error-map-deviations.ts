import { CODES, type CognitoOperation, ERROR_MAP, MAILS, OPERATIONS, type Outcome, type Row } from './error-map.ts';

interface Deviation extends Omit<Row, 'status'> {
  why: string;
}

/** Where the API deviates from the map. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    names: ['LimitExceededException', 'TooManyFailedAttemptsException'],
    from: CODES,
    outcome: 'code-invalid',
    why: 'a limit of its own would reveal that the account exists',
  },
  {
    names: ['InvalidParameterException', 'UserLambdaValidationException'],
    from: MAILS,
    outcome: 'success',
    why: 'an error would reveal the state of the account',
  },
  {
    names: ['InvalidParameterException'],
    from: ['SignUp', 'InitiateAuth', ...CODES],
    outcome: 'validation-failed',
    why: 'the API responds to invalid fields with 422',
  },
  {
    names: ['InvalidParameterException'],
    from: ['GetTokensFromRefreshToken'],
    outcome: 'session-expired',
    why: 'Cognito cannot read the refresh token',
  },
  {
    names: ['InvalidParameterException'],
    from: ['ChangePassword'],
    outcome: 'unauthenticated',
    why: 'Cognito cannot read the access token',
  },
  {
    names: ['PasswordResetRequiredException'],
    from: ['ChangePassword'],
    outcome: 'unauthenticated',
    why: 'the next login says that a reset is required',
  },
  {
    names: ['UserNotConfirmedException'],
    from: ['ConfirmForgotPassword'],
    outcome: 'code-invalid',
    why: 'a 403 would reveal that the address has an account',
  },
  {
    names: ['SomethingNewException'],
    from: OPERATIONS,
    outcome: 'service-unavailable',
    why: 'every outage is the same problem, with status 503',
  },
];

const matches = (name: string, operation: CognitoOperation) => (row: Omit<Row, 'status'>) =>
  row.names.includes(name) && row.from.includes(operation);

export const deviationOf = (name: string, operation: CognitoOperation): Deviation | undefined =>
  DEVIATIONS.find(matches(name, operation));

/** What clients get for a Cognito error; undefined if the error is not in the map. */
export const expectedOutcome = (name: string, operation: CognitoOperation): Outcome | undefined =>
  (deviationOf(name, operation) ?? ERROR_MAP.find(matches(name, operation)))?.outcome;
