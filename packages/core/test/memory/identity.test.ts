import { memoryIdentity } from '../../src/memory/identity.ts';
import { userPool } from '../../src/memory/user-pool.ts';
import { describeIdentity } from '../ports/identity-contract.ts';

describeIdentity('memory', async (registration) => {
  let aheadMs = 0;
  let codes = 100_000;
  const now = () => new Date(Date.now() + aheadMs);
  const newToken = () => crypto.randomUUID();
  const sent = new Map<string, string>();
  const pool = userPool({
    now,
    newId: newToken,
    newRefreshToken: newToken,
    newCode: () => String(++codes),
    onCode: ({ email, code }) => void sent.set(email, code),
  });
  return {
    identity: memoryIdentity(pool, { registration, now, newToken }),
    users: pool,
    codeFor: (email) => sent.get(email) ?? '',
    now,
    passes(ms) {
      aheadMs += ms;
    },
  };
});
