import type { ProxyEnv } from 'node:http';
import { Problem } from '@async-chatbot/shared/problem';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { detach, type RequestContext, requestContext } from '../request-context.ts';

export interface DynamoConfig {
  region: string;
  endpoint?: string | undefined;
  proxyEnv?: ProxyEnv | undefined;
  /** By default, from the AWS SDK's default provider chain. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** For all attempts of a call that belongs to no request. The SDK waits up to 3 s in total between three throttled attempts. */
const DEADLINE_MS = 3000;

export interface DynamoClient extends Pick<DynamoDBDocumentClient, 'middlewareStack' | 'send'> {
  /** The deadline of the current request; outside requests, 3 s from now. `send` uses it by default. */
  deadline(): AbortSignal;
  /** Runs writes that belong together outside the request, so that they complete even if its client disconnects. */
  detach<Result>(run: () => Result): Result;
  /** Aborted after `ms`, or when the client of the current request disconnects. */
  limit(ms: number): AbortSignal;
}

/**
 * A client that makes at most three attempts, each at most 1 s long. Throws `service-unavailable`, except for a failed
 * condition and for an invalid command, which is a bug.
 */
export function dynamoClient(
  { region, endpoint, proxyEnv, credentials }: DynamoConfig,
  context: RequestContext = requestContext(),
): DynamoClient {
  const sockets = { maxSockets: 64, keepAlive: true, proxyEnv };
  const client = new DynamoDBClient({
    region,
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 500,
      requestTimeout: 1000,
      // By default, the SDK only logs that a request timed out.
      throwOnRequestTimeout: true,
      httpsAgent: sockets,
      httpAgent: sockets,
    }),
  });
  // It copies all input and output, though there is no logger.
  client.middlewareStack.remove('loggerMiddleware');
  const documents = DynamoDBDocumentClient.from(client);
  const send = documents.send.bind(documents);
  const deadline = () => context.getStore()?.signals?.deadline() ?? AbortSignal.timeout(DEADLINE_MS);

  return Object.assign(documents, {
    send: (command: Parameters<typeof send>[0], options = { abortSignal: deadline() }) =>
      send(command, options).catch(rethrow),
    deadline,
    detach: <Result>(run: () => Result) => detach(context, run),
    limit(ms: number) {
      const disconnected = context.getStore()?.signals?.disconnected();
      return AbortSignal.any([AbortSignal.timeout(ms), ...(disconnected ? [disconnected] : [])]);
    },
  });
}

function rethrow(cause: Error): never {
  if (['ConditionalCheckFailedException', 'ValidationException'].includes(cause.name)) throw cause;
  throw new Problem('service-unavailable', { cause });
}
