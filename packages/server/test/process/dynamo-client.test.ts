import { expect, it } from 'vitest';
import { CLIENTS } from '../support/dynamo/clients.ts';
import { addressOf, onEmulators, source, startNode } from '../support/process/program.ts';
import { tlsProxy } from '../support/proxies/tls-proxy.ts';
import { loggedIn, sendMessage } from '../support/requests/client.ts';

/** Prints each module of the AWS SDK for DynamoDB when it is loaded. */
const REPORT = `
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, next) {
      if (/\\/(lib-dynamodb|client-dynamodb)\\//.test(url)) console.error('loaded', url);
      return next(url, context);
    },
  });`;

/** The output of a server that stores and lists messages. */
async function outputWith(DYNAMO_CLIENT: string): Promise<string> {
  const args = ['--import', `data:text/javascript,${encodeURIComponent(REPORT)}`, source('main.ts')];
  const main = startNode(args, { env: { ...onEmulators(), DYNAMO_CLIENT } });
  const ada = await loggedIn(await addressOf(main));
  await sendMessage(ada);
  expect((await ada.call('GET', '/messages')).status).toBe(200);
  return main.output.stderr;
}

it('stores messages without loading the AWS SDK for DynamoDB', async () => {
  expect(await outputWith('')).not.toContain('loaded');
});

it('stores messages with the AWS SDK if DYNAMO_CLIENT selects it', async () => {
  expect(await outputWith('sdk')).toContain('lib-dynamodb');
});

it.each(CLIENTS)('the %s client trusts a certificate in NODE_EXTRA_CA_CERTS, and no other', async (DYNAMO_CLIENT) => {
  const emulators = onEmulators();
  const { url, certificate } = await tlsProxy(emulators.AWS_ENDPOINT_URL_DYNAMODB ?? '');
  const env = { ...emulators, DYNAMO_CLIENT, AWS_ENDPOINT_URL_DYNAMODB: url };
  const trusting = startNode([source('main.ts')], { env: { ...env, NODE_EXTRA_CA_CERTS: certificate } });
  const wary = startNode([source('main.ts')], { env });
  const ada = await loggedIn(await addressOf(trusting));
  expect((await sendMessage(ada)).bot_response.status).toBe('completed');
  const bob = await loggedIn(await addressOf(wary));
  expect((await bob.call('GET', '/messages')).status).toBe(503);
  await wary.prints(/"table","reason":"Error DEPTH_ZERO_SELF_SIGNED_CERT"/);
});
