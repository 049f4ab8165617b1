import { type UserPool, type UserPoolState, userPool } from '@async-chatbot/core/memory/user-pool';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from './pool.ts';
import { checkCode, checkLogin, checkRefresh, endLogins, type Model } from './user-pool-model.ts';

/** Few, so that operations collide. */
const EMAILS = ['canary-a@example.com', 'canary-b@example.com'];
const PASSWORDS = ['canary-1', 'canary-2', 'canary7'];
const STEPS_MS = [1000, 15_000, 29_000, HOUR_MS, DAY_MS, 30 * DAY_MS];

const OPERATIONS = [
  ...['signUp', 'signUp', 'confirm', 'resend', 'forgot', 'reset', 'login', 'login', 'refresh', 'refresh', 'revoke'],
  ...[
    'changePassword',
    'endSessions',
    'delete',
    'disable',
    'requireReset',
    'unconfirm',
    'wait',
    'wait',
    'wait',
    'restart',
  ],
] as const;

const step = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  email: fc.constantFrom(...EMAILS),
  password: fc.constantFrom(...PASSWORDS),
  newPassword: fc.constantFrom(...PASSWORDS),
  index: fc.nat(40),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs an operation on the pool and checks its outcome against the model. */
function run(pool: UserPool, model: Model, { operation, email, password, newPassword, index, flag }: Step): unknown {
  const spelled = flag ? email.toUpperCase() : email;
  const user = pool.find(email);
  const code = model.sent.at(flag ? -1 : -index)?.value ?? 'canary';
  const token = model.tokens[index % Math.max(model.tokens.length, 1)];

  switch (operation) {
    case 'signUp': {
      const outcome = pool.signUp({ email: spelled, password, isConfirmed: index % 2 === 0 });
      if (typeof outcome === 'object') {
        expect(user).toBeUndefined();
        model.passwords.set(email, password);
      }
      return outcome;
    }
    case 'confirm': {
      const outcome = pool.confirm(spelled, code);
      if (typeof outcome === 'object') checkCode(model, email, code, 'confirm');
      return outcome;
    }
    case 'reset': {
      const outcome = pool.resetPassword({ email: spelled, code, password });
      if (typeof outcome === 'object') {
        checkCode(model, email, code, 'reset');
        model.passwords.set(email, password);
      }
      return outcome;
    }
    case 'login': {
      const outcome = pool.login(spelled, password);
      checkLogin(model, email, password, outcome);
      return outcome;
    }
    case 'changePassword': {
      const outcome = pool.changePassword(user?.id ?? '', password, newPassword);
      expect(outcome === 'wrong-password').toBe(user !== undefined && model.passwords.get(email) !== password);
      if (typeof outcome === 'object') model.passwords.set(email, newPassword);
      return outcome;
    }
    case 'refresh': {
      if (!token) return undefined;
      const outcome = pool.refresh(token.value);
      checkRefresh(model, token, outcome);
      return outcome;
    }
    case 'revoke':
      pool.revoke(token?.value ?? '');
      return endLogins(model, (login) => login === token?.login);
    case 'endSessions':
      pool.endSessions(user?.id ?? '');
      return endLogins(model, ({ userId }) => userId === user?.id);
    case 'delete':
      pool.deleteUser(user?.id ?? '');
      model.passwords.delete(email);
      for (const sent of model.sent) sent.isUsed ||= sent.email === email;
      return endLogins(model, ({ userId }) => userId === user?.id);
    case 'disable':
      endLogins(model, ({ userId }) => userId === user?.id);
      return pool.disable(spelled);
    case 'resend':
      return pool.resendConfirmation(spelled);
    case 'forgot':
      return pool.forgotPassword(spelled);
    case 'requireReset':
      return pool.requireReset(spelled);
    case 'unconfirm':
      return pool.unconfirm(spelled);
    case 'wait':
      model.nowMs += STEPS_MS[index % STEPS_MS.length] ?? 0;
      return undefined;
    case 'restart':
      return undefined;
  }
}

it('keeps its invariants in any sequence of operations and restarts', () => {
  const sequences = fc.array(step, { maxLength: 80, size: 'max' });
  fc.assert(
    fc.property(sequences, (steps) => {
      const model: Model = { nowMs: Date.UTC(2026, 10, 26), passwords: new Map(), sent: [], tokens: [] };
      let count = 0;
      const open = (state?: UserPoolState) =>
        userPool({
          state,
          now: () => new Date(model.nowMs),
          newId: () => `id-${++count}`,
          newRefreshToken: () => `refresh-${++count}`,
          newCode: () => String(100_000 + ++count),
          onCode: ({ code, ...sent }) =>
            model.sent.push({ ...sent, value: code, sentAtMs: model.nowMs, isUsed: false }),
        });
      let pool = open();
      const stored = () => JSON.stringify(pool.exportState());

      for (const each of steps) {
        const before = stored();
        if (each.operation === 'restart') pool = open(JSON.parse(before));
        const outcome = run(pool, model, each);
        // A failed operation changes nothing, except that wrong codes are counted.
        if (each.operation === 'restart' || (typeof outcome === 'string' && outcome !== 'wrong-code')) {
          expect(stored()).toBe(before);
        }
        const emails = pool.exportState().accounts.map(({ email }) => email);
        expect(emails).toHaveLength(model.passwords.size);
        expect(new Set(emails)).toEqual(new Set(model.passwords.keys()));
      }
    }),
    { numRuns: 1000 },
  );
});
