import { inject } from 'vitest';
import { type CognitoOptions, embeddedCognito } from '../../../dev/cognito/emulator.ts';

/** The Cognito emulator with the signing key of `token()`, and cheap password hashes. */
export const quickCognito = (dataDir: string, options: CognitoOptions = {}) =>
  embeddedCognito(dataDir, { passwordCost: 2, signingKey: inject('signingKey'), ...options });
