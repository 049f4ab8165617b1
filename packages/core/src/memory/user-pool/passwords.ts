/** How passwords are stored, and compared with what is stored. */
export interface PasswordStorage {
  hash(password: string): string;
  verify(password: string, stored: string): boolean;
}

/** In plain text, for a pool that exists in memory alone. */
export const plainPasswords: PasswordStorage = {
  hash: (password) => password,
  verify: (password, stored) => password === stored,
};

const MIN_PASSWORD_LENGTH = 8;

export const isWeak = (password: string): boolean => password.length < MIN_PASSWORD_LENGTH;
