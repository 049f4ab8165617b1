import type { CognitoOptions } from '../../../dev/cognito/emulator.ts';
import { connect } from '../requests/client.ts';
import { startPool } from './cognito-pool.ts';
import { startServer, testDeps } from './server.ts';

/** A server for one test with its own user pool, and all sent codes. */
export async function poolServer(options: CognitoOptions = {}) {
  const pool = await startPool(options);
  const { identity } = testDeps({ ...pool.environment, REGISTRATION: options.registration ?? 'open' });
  const baseUrl = await startServer({ identity });
  const anonymous = connect(baseUrl);

  return {
    pool,
    baseUrl,
    call: anonymous.call,
    /** The last code sent to an address. */
    codeFor: (email: string) => pool.mail.findLast((sent) => sent.email === email)?.code ?? '',
  };
}
