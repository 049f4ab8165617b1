import { onTestFinished } from 'vitest';
import { describeIdentity } from '../../../core/test/ports/identity-contract.ts';
import { cognitoIdentity } from '../../src/cognito/identity.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoRevocations } from '../../src/dynamo/revocations.ts';
import { poolFolder } from '../support/servers/cognito-pool.ts';
import { quickCognito } from '../support/servers/quick-cognito.ts';
import { testConfig } from '../support/servers/server.ts';

describeIdentity('Cognito', async (registration) => {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const sent = new Map<string, string>();
  const emulator = await quickCognito(await poolFolder(), {
    registration,
    now,
    onCode: ({ email, code }) => void sent.set(email, code),
  });
  onTestFinished(emulator.close);
  const { cognito, dynamo } = testConfig({ ...emulator.environment, REGISTRATION: registration });
  return {
    identity: cognitoIdentity(cognito, dynamoRevocations(dynamoClient(dynamo), dynamo.table, now), now),
    users: emulator.users,
    codeFor: (email) => sent.get(email) ?? '',
    now,
    passes(ms) {
      aheadMs += ms;
    },
  };
});
