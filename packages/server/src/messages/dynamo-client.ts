import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Credentials come from the AWS SDK's default chain. Each attempt ends after 1 s, and there are three at the most. */
export function dynamoClient({ region, endpoint }: { region: string; endpoint?: string | undefined }) {
  const client = new DynamoDBClient({
    region,
    ...(endpoint && { endpoint }),
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 500,
      requestTimeout: 1000,
      // Without this, the SDK only logs that a request timed out.
      throwOnRequestTimeout: true,
      httpsAgent: { maxSockets: 64, keepAlive: true },
      httpAgent: { maxSockets: 64, keepAlive: true },
    }),
  });
  // It copies every input and output for a logger that is not there.
  client.middlewareStack.remove('loggerMiddleware');
  return DynamoDBDocumentClient.from(client);
}
