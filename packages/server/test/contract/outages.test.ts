import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { describe, expect, it } from 'vitest';
import { statusesOf } from '../support/checks/spec.ts';
import { connect, loggedIn } from '../support/requests/client.ts';
import { sampleRequest } from '../support/requests/sample-requests.ts';
import { failingDeps } from '../support/servers/failing-deps.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

/** Nothing listens on the port of the discard protocol. */
const NOWHERE = 'http://127.0.0.1:9';
const withoutTable = testDeps({ AWS_ENDPOINT_URL_DYNAMODB: NOWHERE, QUOTA_MESSAGES_PER_DAY: '5' });
const { identity } = testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: NOWHERE });

const healthy = await startServer();
const failing = await startServer(failingDeps);
const withoutCognito = await startServer({ identity });
const { identity: _, ...stores } = withoutTable;
const withoutStores = await startServer(stores);
const withoutRevocations = await startServer({ identity: withoutTable.identity });

/** The operations that need no system but the list of ended sessions. */
const ONLY_SESSIONS: readonly OperationId[] = ['logoutEverywhere'];

const outagesFor = (id: OperationId): string[] =>
  ONLY_SESSIONS.includes(id) ? [withoutRevocations] : [withoutCognito, withoutStores];

const idsWith = (status: string) =>
  (Object.keys(operations) as OperationId[]).filter((id) => statusesOf(id).includes(status));

describe.each(idsWith('500'))('%s', (id) => {
  it('500 without the cause after an unexpected error', async () => {
    const client = connect(failing);
    client.jar.set('access_token', 'any');
    const { status, body } = await sampleRequest(id, client);
    expect(status).toBe(500);
    expect(body.code).toBe('internal-error');
    expect(JSON.stringify(body)).not.toMatch(/unforeseen|TypeError/);
  });
});

// `getReadiness` reports a check, and calls no dependency.
describe.each(idsWith('503').filter((id) => id !== 'getReadiness'))('%s', (id) => {
  it('503 with Retry-After while a dependency does not respond', async () => {
    let unavailable = 0;
    for (const baseUrl of outagesFor(id)) {
      const client = connect(baseUrl);
      for (const [name, value] of (await loggedIn(healthy)).jar) client.jar.set(name, value);
      const { status, body, headers } = await sampleRequest(id, client);
      expect(status).not.toBe(500);
      if (status !== 503) continue;
      unavailable++;
      expect(body.code).toBe('service-unavailable');
      expect(headers.get('retry-after')).toBe('2');
    }
    expect(
      unavailable,
      `${id} needs neither Cognito nor DynamoDB: add it to ONLY_SESSIONS, or remove its 503`,
    ).toBeGreaterThan(0);
  });
});
