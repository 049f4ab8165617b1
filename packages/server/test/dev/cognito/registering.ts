/** Registers users in the given folder until it is killed, and prints the address of each registered user. */
import { randomUUID } from 'node:crypto';
import { embeddedCognito } from '../../../dev/cognito/emulator.ts';

const CONCURRENCY = 8;
const { endpoint } = await embeddedCognito(process.argv[2] ?? '', { passwordCost: 2 });
await Promise.all(Array.from({ length: CONCURRENCY }, registerForever));

async function registerForever(): Promise<never> {
  for (;;) {
    const email = `canary-${randomUUID()}@example.com`;
    const { ok } = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Cognito.SignUp' },
      body: JSON.stringify({ ClientId: 'chatbot', Username: email, Password: 'canary-1' }),
    });
    if (ok) process.stdout.write(`${email}\n`);
  }
}
