/** All stored data of a user, as plain JSON. */
export interface Account {
  readonly id: string;
  /** Lowercase. */
  readonly email: string;
  /** The output of `PasswordStorage.hash`. */
  password: string;
  /** `reset-required`: a code must set a new password before the next login. */
  status: 'unconfirmed' | 'confirmed' | 'reset-required';
  isEnabled: boolean;
  sessions: PoolSession[];
  code?: Code;
  wrongCodes?: WrongCodes;
}

/** An account as hosts see it. */
export type PoolUser = Readonly<Account>;

/** A login and its refresh tokens. */
export interface PoolSession {
  readonly id: string;
  readonly startedAtMs: number;
  /** Oldest first. */
  tokens: RefreshToken[];
}

interface RefreshToken {
  /** The output of `hashToken`. */
  readonly hash: string;
  /** When it was first exchanged for a new token. */
  rotatedAtMs?: number;
}

export type CodePurpose = 'confirm' | 'reset';

/** The most recently sent code; earlier ones are invalid. */
export interface Code {
  readonly value: string;
  readonly purpose: CodePurpose;
  readonly sentAtMs: number;
}

/** Failed attempts within an hour of the first. */
export interface WrongCodes {
  readonly count: number;
  readonly sinceMs: number;
}
