export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** A user pool behind one of its hosts. Failed requests reject with the host's own error. */
export interface PoolHost {
  signUp(email: string, password: string): Promise<unknown>;
  confirm(email: string, code: string): Promise<unknown>;
  resend(email: string): Promise<unknown>;
  forgot(email: string): Promise<unknown>;
  reset(email: string, code: string, password: string): Promise<unknown>;
  login(email: string, password: string): Promise<Tokens>;
  refresh(tokens: Tokens): Promise<Tokens>;
  changePassword(tokens: Tokens, current: string, next: string): Promise<unknown>;
  administrate(change: 'disable' | 'requireReset' | 'unconfirm', email: string): Promise<unknown>;
  newestCode(): string;
  advance(ms: number): void;
}
