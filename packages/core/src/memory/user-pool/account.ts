/** Everything that is stored about a user, as plain JSON. */
export interface Account {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  /** As `PasswordStorage` stores it. */
  password: string;
  /** `reset-required`: a code must set a new password before the next login. */
  status: 'unconfirmed' | 'confirmed' | 'reset-required';
  isEnabled: boolean;
  sessions: PoolSession[];
  code?: Code;
  wrongCodes?: WrongCodes;
}

/** An account as the pool's hosts see it. */
export type PoolUser = Readonly<Account>;

/** A login and the refresh tokens that follow from it. */
export interface PoolSession {
  readonly id: string;
  readonly startedAtMs: number;
  /** The oldest first. */
  tokens: RefreshToken[];
}

interface RefreshToken {
  /** As `hashToken` makes it. */
  readonly hash: string;
  /** When it was first exchanged for another. */
  rotatedAtMs?: number;
}

export type CodePurpose = 'confirm' | 'reset';

/** The newest code that was sent; earlier ones are no longer valid. */
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
