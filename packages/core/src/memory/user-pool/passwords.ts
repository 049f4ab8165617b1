export interface PasswordStorage {
  hash(password: string): string;
  verify(password: string, stored: string): boolean;
}

/** Plain text, for a pool that exists only in memory. */
export const plainPasswords: PasswordStorage = {
  hash: (password) => password,
  verify: (password, stored) => password === stored,
};

const MIN_PASSWORD_LENGTH = 8;

export const isWeak = (password: string): boolean => password.length < MIN_PASSWORD_LENGTH;
