import type { ProxyEnv } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface DynamoConfig {
  region: string;
  endpoint?: string | undefined;
  proxyEnv?: ProxyEnv | undefined;
  /** By default, from the AWS SDK's default provider chain. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** A client that makes at most three attempts, each at most 1 s long. */
export function dynamoClient({ region, endpoint, proxyEnv, credentials }: DynamoConfig) {
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
  return DynamoDBDocumentClient.from(client);
}
