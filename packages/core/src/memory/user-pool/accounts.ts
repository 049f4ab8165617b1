import type { Account } from './account.ts';

export type Accounts = ReturnType<typeof accountsOf>;

/** The accounts by id and by email. */
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
