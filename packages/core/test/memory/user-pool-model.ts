import type { UserPool } from '@async-chatbot/core/memory/user-pool';
import { expect } from 'vitest';
import { DAY_MS, HOUR_MS } from './pool.ts';

interface Login {
  userId: string;
  startedAtMs: number;
  hasEnded: boolean;
}

interface Token {
  value: string;
  login: Login;
  rotatedAtMs?: number;
}

interface Code {
  email: string;
  value: string;
  purpose: 'confirm' | 'reset';
  sentAtMs: number;
  isUsed: boolean;
}

/** The state of a pool, inferred only from the outcomes of its operations. */
export interface Model {
  nowMs: number;
  passwords: Map<string, string>;
  /** Every code that was sent, oldest first. */
  sent: Code[];
  tokens: Token[];
}

/** Checks that only the right password opens a session. */
export function checkLogin(
  model: Model,
  email: string,
  password: string,
  outcome: ReturnType<UserPool['login']>,
): void {
  const isRight = model.passwords.get(email) === password;
  expect(outcome === 'wrong-credentials').toBe(!isRight);
  if (typeof outcome === 'string') return;
  const login = { userId: outcome.account.id, startedAtMs: model.nowMs, hasEnded: false };
  model.tokens.push({ value: outcome.refreshToken, login });
}

/** Checks that only open sessions are refreshed, with tokens that are new or within their grace period. */
export function checkRefresh(model: Model, token: Token, outcome: ReturnType<UserPool['refresh']>): void {
  const { login, rotatedAtMs } = token;
  const isGood =
    !login.hasEnded &&
    model.nowMs < login.startedAtMs + 30 * DAY_MS &&
    (rotatedAtMs === undefined || model.nowMs < rotatedAtMs + 30_000);
  expect(typeof outcome === 'object').toBe(isGood);
  if (typeof outcome === 'string') return;
  expect(outcome.account.id).toBe(login.userId);
  expect(model.tokens.map(({ value }) => value)).not.toContain(outcome.refreshToken);
  token.rotatedAtMs ??= model.nowMs;
  model.tokens.push({ value: outcome.refreshToken, login });
}

/** Checks that only the newest code of an address works, once, for its purpose and within its lifetime. */
export function checkCode(model: Model, email: string, value: string, purpose: Code['purpose']): void {
  const newest = model.sent.filter((code) => code.email === email).at(-1);
  expect(newest).toMatchObject({ value, purpose, isUsed: false });
  if (!newest) return;
  expect(model.nowMs - newest.sentAtMs).toBeLessThan(purpose === 'confirm' ? DAY_MS : HOUR_MS);
  newest.isUsed = true;
}

export function endLogins(model: Model, isMeant: (login: Login) => boolean): void {
  for (const { login } of model.tokens) login.hasEnded ||= isMeant(login);
}
