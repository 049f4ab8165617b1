import type { Code, WrongCodes } from './codes.ts';
import type { Session } from './sessions.ts';

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
  sessions: Session[];
  code?: Code;
  wrongCodes?: WrongCodes;
}

/** An account as the pool's hosts see it. */
export type User = Readonly<Account>;

export type Accounts = ReturnType<typeof accountsOf>;

/** The accounts by id and by address. */
export function accountsOf(stored: readonly Account[]) {
  const byId = new Map(stored.map((account) => [account.id, account]));
  const byEmail = new Map(stored.map((account) => [account.email, account]));

  return {
    all: (): IterableIterator<Account> => byId.values(),
    withId: (id: string): Account | undefined => byId.get(id),
    withEmail: (email: string): Account | undefined => byEmail.get(email.toLowerCase()),

    add(account: Account): void {
      byId.set(account.id, account);
      byEmail.set(account.email, account);
    },

    delete({ id, email }: Account): void {
      byId.delete(id);
      byEmail.delete(email);
    },

    clear(): void {
      byId.clear();
      byEmail.clear();
    },
  };
}
