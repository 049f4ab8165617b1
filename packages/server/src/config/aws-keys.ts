import type { Credentials } from '../dynamo/dynamo-config.ts';

/** The keys in the environment, so that the AWS SDK's provider chain is not loaded for them. Undefined if it would use others. */
export function awsKeysOf(environment: NodeJS.ProcessEnv): Credentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const { AWS_SESSION_TOKEN: sessionToken, AWS_CREDENTIAL_EXPIRATION: expiration, AWS_PROFILE: profile } = environment;
  if (!accessKeyId || !secretAccessKey || expiration || profile) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
