import { describe, expect, it } from 'vitest';
import { connect } from '../support/requests/client.ts';
import { failingDeps } from '../support/servers/failing-deps.ts';
import { startServer } from '../support/servers/server.ts';

const { call } = connect(await startServer(failingDeps));

describe('getHealth', () => {
  it('200 while all dependencies fail', async () => {
    const { status, body } = await call('GET', '/health');
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'OK' });
  });

  it('422 for an unknown query parameter', async () => {
    const { status, body } = await call('GET', '/health?verbose=1');
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ parameter: 'verbose', code: 'additionalProperties', message: expect.any(String) }]);
  });
});
