import { expect, it } from 'vitest';
import type { OpenIdentity } from './fixture.ts';
import { DAY_MS, expectProblem, HOUR_MS, loggedIn } from './samples.ts';

const GRACE_MS = 30_000;

export function describeRefresh(open: OpenIdentity): void {
  async function opened() {
    const fixture = await open('open');
    return { ...fixture, ...(await loggedIn(fixture)) };
  }

  it('new tokens belong to the same user and login', async () => {
    const { identity, passes, session } = await opened();
    const user = await identity.verify(session);
    passes(HOUR_MS);
    const refreshed = await identity.refresh({ refreshToken: session.refreshToken });
    expect(await identity.verify(refreshed)).toEqual(user);
    expect(refreshed.refreshToken).not.toBe(session.refreshToken);
    await expectProblem(identity.verify(session), 'unauthenticated');
  });

  it('a token works again for 30 seconds, and all its successors work', async () => {
    const { identity, passes, session } = await opened();
    const first = await identity.refresh(session);
    passes(GRACE_MS - 5000);
    const second = await identity.refresh(session);
    for (const { refreshToken } of [first, second]) await identity.refresh({ refreshToken });
  });

  it('a token that is reused later is `refresh-reused` and ends the session', async () => {
    const { identity, passes, session } = await opened();
    const successor = await identity.refresh(session);
    passes(GRACE_MS);
    await expectProblem(identity.refresh(session), 'refresh-reused');
    await expectProblem(identity.refresh(successor), 'session-expired');
    await expectProblem(identity.verify(successor), 'unauthenticated');
  });

  it('a missing token is `unauthenticated`, an unknown one `session-expired`', async () => {
    const { identity } = await opened();
    await expectProblem(identity.refresh({}), 'unauthenticated');
    await expectProblem(identity.refresh({ refreshToken: 'canary' }), 'session-expired');
  });

  it('a session ends thirty days after the login, however often it is refreshed', async () => {
    const { identity, passes, session } = await opened();
    passes(30 * DAY_MS - 60_000);
    const refreshed = await identity.refresh(session);
    passes(60_000);
    await expectProblem(identity.refresh(refreshed), 'session-expired');
  });
}
