import type { Deps } from '@async-chatbot/core/deps';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/requests/client.ts';
import { failingDeps } from '../support/servers/failing-deps.ts';
import { startServer } from '../support/servers/server.ts';

/** A store whose list violates the contract. */
const invalidStore = {
  ...failingDeps,
  messages: { ...failingDeps.messages, list: async () => ({ messages: [{ id_message: 'canary' }] }) },
} as unknown as Partial<Deps>;

const cookie = { headers: { cookie: 'access_token=any' } };

/** A server, and its log lines. */
async function logged(responseValidation: { sample: number; isStrict: boolean }) {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) });
  return { baseUrl: await startServer(invalidStore, { log, responseValidation }), lines };
}

const violation = expect.stringMatching(/^listMessages violates the contract of 200: .*must have required property/);

describe('a response that violates the contract', () => {
  it('500 in tests and in development, with the reason in the log', async () => {
    const { baseUrl, lines } = await logged({ sample: 1, isStrict: true });
    expect((await connect(baseUrl).call('GET', '/messages', cookie)).status).toBe(500);
    await expect.poll(() => lines).toMatchObject([{ level: 50, problem: 'internal-error', violation, violations: 1 }]);
  });

  it('200 in production, with a count and no values in the log', async () => {
    const { baseUrl, lines } = await logged({ sample: 1, isStrict: false });
    for (const _request of [1, 2])
      expect(await (await fetch(`${baseUrl}/messages`, cookie)).json()).toEqual({
        messages: [{ id_message: 'canary' }],
      });
    await expect
      .poll(() => lines)
      .toMatchObject([
        { level: 50, status: 200, violation, violations: 1 },
        { level: 50, status: 200, violation, violations: 2 },
      ]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it('200 and no log entry if it is not in the sample', async () => {
    const { baseUrl, lines } = await logged({ sample: 0, isStrict: false });
    expect((await fetch(`${baseUrl}/messages`, cookie)).status).toBe(200);
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines[0]).not.toHaveProperty('violation');
    expect(lines[0]).not.toHaveProperty('violations');
  });
});
