import type { ProxyEnv } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface DynamoConfig {
  region: string;
  endpoint?: string | undefined;
  proxyEnv?: ProxyEnv | undefined;
  /** The AWS SDK's default chain if left out. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** Each attempt ends after 1 s, and there are three at the most. */
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
      // Without this, the SDK only logs that a request timed out.
      throwOnRequestTimeout: true,
      httpsAgent: sockets,
      httpAgent: sockets,
    }),
  });
  // It copies every input and output for a logger that is not there.
  client.middlewareStack.remove('loggerMiddleware');
  return DynamoDBDocumentClient.from(client);
}
