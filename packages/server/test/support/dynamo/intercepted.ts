import type { DynamoClient } from '../../../src/dynamo/client.ts';
import type { Command } from '../../../src/dynamo/commands.ts';

type Intercept = (command: Command, next: () => Promise<object>) => Promise<object> | object;

/** A client that passes each command to a function, which may send it with `next`. */
export function intercepted(client: DynamoClient, intercept: Intercept): DynamoClient {
  // The cast: a test responds as DynamoDB would.
  const send = async (command: Command, options?: { abortSignal: AbortSignal }) =>
    (await intercept(command, () => client.send(command, options))) as never;
  return { ...client, send };
}
