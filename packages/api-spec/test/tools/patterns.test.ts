import { createRequire } from 'node:module';
import { expect, test, vi } from 'vitest';
import { contract, valuesOf } from '../contract.ts';

// The cast: the types of recheck are not installed in the workspace.
const { checkSync } = createRequire(import.meta.url)('recheck') as {
  checkSync: (pattern: string, flags: string) => { status: string };
};

const patterns = new Set([...valuesOf('pattern', contract)].map(String));
vi.stubEnv('RECHECK_SYNC_BACKEND', 'pure'); // The native backends do not run on every machine.

test.each([...patterns])('the pattern %s is not vulnerable to ReDoS', (pattern) => {
  for (const flags of ['', 'u']) expect(checkSync(pattern, flags).status).toBe('safe');
});
