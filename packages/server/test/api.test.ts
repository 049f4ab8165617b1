import type { Deps } from '@async-chatbot/core/deps';
import { describe, expect, it } from 'vitest';
import { brokenDeps } from './support/broken.ts';
import { connect } from './support/client.ts';
import { startServer } from './support/server.ts';

/** A store whose list breaks the contract. */
const lying = {
  ...brokenDeps,
  messages: { ...brokenDeps.messages, list: async () => ({ messages: [{ id_message: 'canary' }] }) },
} as unknown as Partial<Deps>;

const cookie = { headers: { cookie: 'access_token=any' } };

describe('a reply that the contract does not allow', () => {
  it('500 where tests and developers should see it', async () => {
    const { call } = connect(await startServer(lying));
    expect((await call('GET', '/messages', cookie)).status).toBe(500);
  });

  it('200 in production, and the fault is told without a word of the reply', async () => {
    const told: string[] = [];
    const baseUrl = await startServer(lying, { onBrokenReply: ({ message }) => told.push(message) });
    expect((await fetch(`${baseUrl}/messages`, cookie)).status).toBe(200);
    expect(told).toEqual([
      expect.stringMatching(/^listMessages breaks its promise of 200: .*must have required property/),
    ]);
    expect(told[0]).not.toContain('canary');
  });
});
