/** Starts the emulators once for all test files, and finally checks the log for secrets. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { embeddedCognito } from '../../../dev/cognito/emulator.ts';
import { embeddedDynamo } from '../../../dev/dynamo.ts';
import { leaksIn } from '../checks/canary.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    environment: Record<string, string>;
    /** The emulator's private key, in PEM. */
    signingKey: string;
    logFile: string;
  }
}

/** All tests come from one address. */
const UNLIMITED = {
  LIMIT_ADDRESS_PER_MINUTE: '1000000',
  LIMIT_EMAIL_PER_MINUTE: '1000',
  LIMIT_ACCOUNT_PER_MINUTE: '1000',
  LIMIT_USER_PER_MINUTE: '1000',
  LIMIT_REFRESH_PER_MINUTE: '1000000',
};

export async function setup({ provide }: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-test-'));
  const logFile = join(folder, 'log.ndjson');
  await writeFile(logFile, '');
  const [cognito, dynamo] = await Promise.all([embeddedCognito(folder, { passwordCost: 2 }), embeddedDynamo()]);
  provide('environment', {
    ...cognito.environment,
    ...dynamo.environment,
    ...UNLIMITED,
    ENV: 'development',
    REGISTRATION: 'open',
    BOT_WORD_DELAY_MS: '0',
  });
  provide('signingKey', cognito.signingKey);
  provide('logFile', logFile);

  return async function teardown() {
    await Promise.all([cognito.close(), dynamo.close()]);
    const leaks = leaksIn(await readFile(logFile, 'utf8'));
    await rm(folder, { recursive: true });
    if (leaks.length > 0) throw new Error(`The log contains secrets:\n${leaks.join('\n')}`);
  };
}
