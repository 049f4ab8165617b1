import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { PasswordStorage } from '@async-chatbot/core/memory/user-pool/passwords';

const KEY_BYTES = 32;

/** Stores scrypt's cost with each hash, so that a pool can have hashes of several costs. */
export function scryptPasswords(cost: number): PasswordStorage {
  return {
    hash(password) {
      const salt = randomBytes(16).toString('base64url');
      return ['scrypt', cost, salt, derive(password, salt, cost).toString('base64url')].join('$');
    },

    verify(password, stored) {
      const [, usedCost, salt = '', key = ''] = stored.split('$');
      return timingSafeEqual(derive(password, salt, Number(usedCost)), Buffer.from(key, 'base64url'));
    },
  };
}

const derive = (password: string, salt: string, cost: number): Buffer =>
  scryptSync(password, salt, KEY_BYTES, { cost });
