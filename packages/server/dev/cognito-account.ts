import { InvalidPasswordError } from 'cognito-local/lib/errors.js';
import {
  attribute,
  attributesAppend,
  attributesIncludeMatch,
  attributeValue,
  type User,
} from 'cognito-local/lib/services/userPoolService.js';
import type { Code, WrongCodes } from './cognito-codes.ts';
import type { Session } from './cognito-sessions.ts';

/** cognito-local's user, and what is kept with them here: it is stored, and goes, with the user. */
export interface Account extends User {
  Sessions?: Session[];
  Code?: Code;
  WrongCodes?: WrongCodes;
}

export const emailOf = ({ Attributes }: Account): string => attributeValue('email', Attributes) ?? '';

export const isVerified = ({ Attributes }: Account): boolean =>
  attributesIncludeMatch('email_verified', 'true', Attributes);

export function setVerified(account: Account, verified: boolean): void {
  account.Attributes = attributesAppend(account.Attributes, attribute('email_verified', String(verified)));
}

const SHORTEST_PASSWORD = 8;

export function checkPolicy(password: string): void {
  if (password.length < SHORTEST_PASSWORD) throw new InvalidPasswordError();
}
