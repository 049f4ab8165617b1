/**
 * What calls are counted by: where they come from, the e-mail address they name, who is logged in. `refresh` counts by
 * where they come from too, apart from `address`: pages refresh by themselves, and many people may share an address.
 */
export type LimitName = 'address' | 'refresh' | 'email' | 'user';

/** Whoever lacks what a budget counts by shares one with all who lack it: no limit fails open. */
export interface Caller {
  address: string | undefined;
  email?: string | undefined;
  userId?: string | undefined;
}

export interface Limits {
  /**
   * Takes one call of the operation from each of these budgets, those of the address first, and resolves to the headers that
   * tell what is left. Throws `too-many-requests`, with the same headers and `Retry-After`, at the first budget that is
   * used up, and charges none after it. An outage of the store is no error.
   */
  take(operation: string, caller: Caller, names: readonly LimitName[]): Promise<Record<string, string>>;
}
