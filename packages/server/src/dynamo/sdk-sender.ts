import { DescribeTableCommand, DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ClientLimits } from './client-limits.ts';
import type { Command, OperationName, Send } from './commands.ts';
import type { DynamoConfig } from './dynamo-config.ts';
import { unlessAborted } from './unless-aborted.ts';

/** `never`, since TypeScript cannot relate a command to its name. */
const COMMANDS: Record<OperationName, new (input: never) => unknown> = {
  BatchGetItem: BatchGetCommand,
  BatchWriteItem: BatchWriteCommand,
  DeleteItem: DeleteCommand,
  DescribeTable: DescribeTableCommand,
  DescribeTimeToLive: DescribeTimeToLiveCommand,
  GetItem: GetCommand,
  PutItem: PutCommand,
  Query: QueryCommand,
  UpdateItem: UpdateCommand,
};

/** Sends commands with the document client of the AWS SDK. */
export function sdkSender(
  { region, endpoint, proxyEnv, credentials }: DynamoConfig,
  { sockets, attempts, attemptMs }: ClientLimits,
): Send {
  const agent = { maxSockets: sockets, keepAlive: true, proxyEnv };
  const client = new DynamoDBClient({
    region,
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    maxAttempts: attempts,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: attemptMs / 2,
      requestTimeout: attemptMs,
      // By default, the SDK only logs that a request timed out.
      throwOnRequestTimeout: true,
      httpsAgent: agent,
      httpAgent: agent,
    }),
  });
  // It copies all input and output, though there is no logger.
  client.middlewareStack.remove('loggerMiddleware');
  const documents = DynamoDBDocumentClient.from(client);
  // The casts: TypeScript cannot relate a command to its name.
  const commandOf = ({ name, input }: Command) => new COMMANDS[name](input as never) as GetCommand;
  // The SDK ignores the signal until it has credentials.
  return ((command, options) =>
    unlessAborted(documents.send(commandOf(command), options), options.abortSignal)) as Send;
}
