import { onTestFinished, vi } from 'vitest';
import { type Reply, stubDynamo } from './stub-dynamo.ts';

/** A container's credential endpoint, set in the environment. Its keys are numbered; each expires after one of these times. */
export async function credentialServer(lifetimesMs: number[]) {
  const replies = lifetimesMs.map(
    (ms, index): Reply => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        AccessKeyId: `key-${index + 1}`,
        SecretAccessKey: 'secret',
        Token: `token-${index + 1}`,
        Expiration: new Date(Date.now() + ms).toISOString(),
      }),
    }),
  );
  const server = await stubDynamo(...replies);
  onTestFinished(server.close);
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', server.endpoint);
  return { ...server, replies };
}
