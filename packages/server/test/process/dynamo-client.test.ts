import { expect, it } from 'vitest';
import { addressOf, onEmulators, source, startNode } from '../support/process/program.ts';
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
