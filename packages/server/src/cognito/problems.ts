import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';

/** What errors of Cognito's mean to the caller, by name: neither its statuses nor its messages can be relied on. */
export type CognitoCodes = Readonly<Record<string, ProblemCode>>;

const named = (code: ProblemCode, names: readonly string[]): CognitoCodes =>
  Object.fromEntries(names.map((name) => [name, code]));

/** Whatever is asked. A name that is not here is new: it counts as an outage. */
export const COGNITO_CODES: CognitoCodes = {
  ...named('validation-failed', [
    'InvalidParameterException',
    'InvalidPasswordException',
    'PasswordHistoryPolicyViolationException',
  ]),
  // One person's limit; `TooManyRequestsException` is the whole pool's.
  ...named('too-many-requests', ['LimitExceededException', 'TooManyFailedAttemptsException']),
  // A web firewall, and a trigger of the pool.
  ...named('rejected-by-policy', ['ForbiddenException', 'UserLambdaValidationException']),
  // An outage.
  ...named('service-unavailable', ['InternalErrorException', 'InternalServerException', 'TooManyRequestsException']),
  // An operator's mistake, a feature that is off, or an answer to what this server never asks: trying again is all.
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

/** What Cognito says to one question, as a problem; `codes` are those that mean something of their own there. */
export function cognitoProblem(cause: unknown, codes: CognitoCodes, passwordPointer: string): Problem {
  const name = cause instanceof Error ? cause.name : '';
  const code = isWrongSecret(cause)
    ? 'service-unavailable'
    : (codes[name] ?? COGNITO_CODES[name] ?? 'service-unavailable');
  if (code === 'too-many-requests') return new Problem(code, { cause, headers: { 'Retry-After': '900' } });
  if (code !== 'validation-failed') return new Problem(code, { cause });
  const fault =
    name === 'InvalidParameterException'
      ? { pointer: '', code: 'refused', message: 'is refused by the identity provider' }
      : { pointer: passwordPointer, code: 'policy', message: "does not meet the user pool's password policy" };
  return new Problem(code, { cause, errors: [fault] });
}

/** The one thing that only a message tells: an app client's secret that is wrong looks like a wrong password. */
const isWrongSecret = (cause: unknown): boolean =>
  cause instanceof Error && cause.name === 'NotAuthorizedException' && /secret/i.test(cause.message);
