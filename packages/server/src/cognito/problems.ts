import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';

/** Problem codes by the names of Cognito's errors, since their statuses and messages are not reliable. */
export type CognitoCodes = Readonly<Record<string, ProblemCode>>;

const named = (code: ProblemCode, names: readonly string[]): CognitoCodes =>
  Object.fromEntries(names.map((name) => [name, code]));

/** The defaults for all operations. An error that is not listed is new and counts as an outage. */
export const COGNITO_CODES: CognitoCodes = {
  ...named('validation-failed', [
    'InvalidParameterException',
    'InvalidPasswordException',
    'PasswordHistoryPolicyViolationException',
  ]),
  // Limits per user; `TooManyRequestsException` is a limit of the pool.
  ...named('too-many-requests', ['LimitExceededException', 'TooManyFailedAttemptsException']),
  // A web firewall, and a trigger of the pool.
  ...named('rejected-by-policy', ['ForbiddenException', 'UserLambdaValidationException']),
  // An outage.
  ...named('service-unavailable', ['InternalErrorException', 'InternalServerException', 'TooManyRequestsException']),
  // Misconfiguration, a disabled feature, or an error of operations that the server does not use.
  ...named('service-unavailable', [
    'AccessDeniedException',
    'AliasExistsException',
    'CodeDeliveryFailureException',
    'CodeMismatchException',
    'ConcurrentModificationException',
    'DeviceKeyExistsException',
    'DuplicateProviderException',
    'EnableSoftwareTokenMFAException',
    'ExpiredCodeException',
    'FeatureUnavailableInTierException',
    'GroupExistsException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidOAuthFlowException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'InvalidUserPoolConfigurationException',
    'MFAMethodNotFoundException',
    'ManagedLoginBrandingExistsException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'PreconditionNotMetException',
    'RefreshTokenReuseException',
    'ResourceNotFoundException',
    'ScopeDoesNotExistException',
    'ServiceQuotaExceededException',
    'SoftwareTokenMFANotFoundException',
    'TermsExistsException',
    'TierChangeNotAllowedException',
    'UnauthorizedException',
    'UnexpectedLambdaException',
    'UnsupportedIdentityProviderException',
    'UnsupportedOperationException',
    'UnsupportedTokenTypeException',
    'UnsupportedUserStateException',
    'UserImportInProgressException',
    'UserNotConfirmedException',
    'UserNotFoundException',
    'UserPoolAddOnNotEnabledException',
    'UserPoolTaggingException',
    'UsernameExistsException',
    'WebAuthnChallengeNotFoundException',
    'WebAuthnClientMismatchException',
    'WebAuthnConfigurationMissingException',
    'WebAuthnCredentialNotSupportedException',
    'WebAuthnNotEnabledException',
    'WebAuthnOriginNotAllowedException',
    'WebAuthnRelyingPartyMismatchException',
  ]),
};

/** Converts an error of Cognito to a problem. `codes` override the defaults. */
export function cognitoProblem(cause: unknown, codes: CognitoCodes, passwordPointer: string): Problem {
  const name = cause instanceof Error ? cause.name : '';
  const code = isWrongSecret(cause)
    ? 'service-unavailable'
    : (codes[name] ?? COGNITO_CODES[name] ?? 'service-unavailable');
  if (code === 'too-many-requests') return new Problem(code, { cause, headers: { 'Retry-After': '900' } });
  if (code !== 'validation-failed') return new Problem(code, { cause });
  const validationError =
    name === 'InvalidParameterException'
      ? { pointer: '', code: 'refused', message: 'is rejected by the identity provider' }
      : { pointer: passwordPointer, code: 'policy', message: "does not meet the user pool's password policy" };
  return new Problem(code, { cause, errors: [validationError] });
}

/** A wrong app client secret and a wrong password differ only in the message. */
const isWrongSecret = (cause: unknown): boolean =>
  cause instanceof Error && cause.name === 'NotAuthorizedException' && /secret/i.test(cause.message);

/** For a verified token that has since been revoked, or whose user has been changed or deleted. */
export const SESSION_CODES: CognitoCodes = {
  InvalidParameterException: 'unauthenticated',
  NotAuthorizedException: 'unauthenticated',
  PasswordResetRequiredException: 'unauthenticated',
  UserNotConfirmedException: 'unauthenticated',
  UserNotFoundException: 'unauthenticated',
};
