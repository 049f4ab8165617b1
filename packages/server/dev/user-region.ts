import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The region from the environment or from a profile in `~/.aws/config`, if either has one. */
export async function userRegion(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { BOT_REGION, AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const named = BOT_REGION || AWS_REGION || AWS_DEFAULT_REGION;
  return named || new DynamoDBClient({}).config.region().catch(() => undefined);
}
