import { ORIGIN } from './loads.ts';

/** The environment of the servers. Nothing in it refers to another machine. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  ENV: 'development',
  HOST: '127.0.0.1',
  PORT: '0',
  CORS_ALLOWED_DOMAIN: ORIGIN,
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  COGNITO_USER_POOL_ID: 'local_benchmark',
  COGNITO_APP_CLIENT_ID: 'benchmark',
  COGNITO_ISSUER: 'http://cognito.localhost/local_benchmark',
  DYNAMO_MESSAGES_TABLE: 'Messages',
  BOT_WORD_DELAY_MS: '0',
};

/** Adds the canned Cognito and DynamoDB, and the access tokens that the bare servers accept. */
export function environmentOf({
  port,
  accessTokens = [],
}: {
  port: number;
  accessTokens?: string[];
}): NodeJS.ProcessEnv {
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    ...ENVIRONMENT,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    ACCESS_TOKENS: accessTokens.join(' '),
  };
}
