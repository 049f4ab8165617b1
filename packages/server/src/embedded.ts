/** `pnpm start`: the server on embedded emulators of Cognito and DynamoDB, for evaluation and development. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SentCode } from '@async-chatbot/core/memory/user-pool/codes';
import { embeddedCognito } from '../dev/cognito/emulator.ts';
import { embeddedDynamo } from '../dev/dynamo.ts';
import { lockFolder } from '../dev/folder-lock.ts';
import { watchLaunchers } from '../dev/launchers.ts';
import { LOCAL_KEYS } from '../dev/messages-table.ts';
import { storageFailure } from '../dev/storage-failure.ts';
import { userRegion } from '../dev/user-region.ts';
import { ConfigError, loadConfig } from './config/config.ts';
import { createLog, serve } from './serve.ts';
import { fail, shutDownOnSignal } from './shutdown.ts';

const dataFolder = () => resolve(process.env.DATA_DIR || '.data');
const explain = (error: unknown) => storageFailure(error, dataFolder());
const failPlainly = (error: unknown) => fail(explain(error) ?? error);

// dynalite throws outside any request if it cannot store its data.
process.on('uncaughtException', failPlainly);
try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  if (process.env.ENV === 'production')
    throw new ConfigError(['ENV: must not be production with the embedded emulators. Unset it, or run main.ts']);

  const dataDir = dataFolder();
  const unlock = lockFolder(dataDir);
  if (!unlock)
    throw new ConfigError([`DATA_DIR: ${dataDir} is in use by another server. Stop it, or set another folder`]);
  // Bedrock is not emulated, so it uses the user's region and credentials.
  const BOT_REGION = process.env.BOT === 'bedrock' ? await userRegion(process.env) : undefined;
  if (process.env.BOT === 'bedrock' && !BOT_REGION)
    throw new ConfigError(['BOT_REGION: is required for BOT=bedrock, unless AWS_REGION is set']);
  const REGISTRATION = process.env.REGISTRATION || 'open';
  const registration = REGISTRATION === 'confirm' ? 'confirm' : 'open';
  const [cognito, dynamo] = await Promise.all([
    embeddedCognito(dataDir, { registration, onCode: showCode, onSaveFailure: throwUncaught }),
    embeddedDynamo(dataDir),
  ]);
  const { NO_PROXY, no_proxy } = process.env;
  const config = loadConfig({
    ...process.env,
    REGISTRATION,
    // All local clients share an address.
    LIMIT_ADDRESS_PER_MINUTE: process.env.LIMIT_ADDRESS_PER_MINUTE || '600',
    BOT_REGION,
    ...cognito.environment,
    ...dynamo.environment,
    ENV: 'development',
    // A proxy cannot reach the emulators on this machine.
    NO_PROXY: [no_proxy || NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(),
    no_proxy: '',
    // Loopback only, since the emulators are not secure.
    HOST: '127.0.0.1',
  });
  const log = createLog(config);
  if (cognito.legacyFile) {
    log.warn({ file: cognito.legacyFile }, 'ignoring the data file of an earlier emulator; delete it');
  }
  // The emulators check no credentials, but the SDK requires some.
  const credentials = LOCAL_KEYS;
  const emulated = {
    ...config,
    cognito: { ...config.cognito, credentials },
    dynamo: { ...config.dynamo, credentials, hasTtl: false },
  };
  const { port, close } = await serve(emulated, log);
  process.off('uncaughtException', failPlainly);
  const shutDown = async () => {
    await close();
    await Promise.all([cognito.close(), dynamo.close()]);
    unlock();
  };
  shutDownOnSignal(log, shutDown, explain);
  if (process.env.npm_lifecycle_event) await watchLaunchers(() => process.kill(process.pid, 'SIGTERM'));
  process.stdout.write(banner(port, dataDir, registration));
} catch (error) {
  failPlainly(error);
}

function throwUncaught(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

/** Prints the code that Cognito would send by email. */
function showCode({ email, code, purpose }: SentCode): void {
  const what = purpose === 'confirm' ? 'confirm the address' : 'reset the password';
  process.stdout.write(`Email to ${email}: the code to ${what} is ${code}\n`);
}

function banner(port: number, dataDir: string, registration: 'confirm' | 'open'): string {
  const accounts =
    registration === 'open' ? 'registration is open' : 'confirmation codes for POST /users/confirm are printed here';
  const url = `http://localhost:${port}`;
  const json = "-H 'Content-Type: application/json'";
  return `
Async Chatbot on ${url}
  documentation  ${url}/docs
  accounts       embedded Cognito emulator; ${accounts}
  messages       embedded DynamoDB emulator (dynalite)
  data           ${dataDir}

Try it:
  curl ${url}/users/register ${json} -d '{"email":"ada@example.com","password":"Password123"}'
  curl ${url}/users/login ${json} -c cookies.txt -d '{"email":"ada@example.com","password":"Password123"}'
  curl ${url}/messages ${json} -b cookies.txt -d '{"content":"Hello, chatbot!"}'

Press Ctrl+C to stop.

`;
}
