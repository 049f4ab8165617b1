import { expect, it } from 'vitest';
import type { OpenIdentity } from './fixture.ts';
import { expectProblem, expectWeakPassword, loggedIn, NEW_PASSWORD } from './samples.ts';

export function describeOwnAccount(open: OpenIdentity): void {
  async function opened() {
    const fixture = await open('open');
    return { ...fixture, ...(await loggedIn(fixture)), fixture };
  }

  it('a password change ends all sessions and opens a new one', async () => {
    const { identity, email, password, session } = await opened();
    const other = await identity.login({ email, password });
    const user = await identity.verify(session);
    const change = { current_password: password, new_password: NEW_PASSWORD };
    const renewed = await identity.changePassword(session, change);
    expect((await identity.verify(renewed ?? {})).id).toBe(user.id);
    for (const ended of [session, other]) {
      await expectProblem(identity.verify(ended), 'unauthenticated');
      await expectProblem(identity.refresh(ended), 'session-expired');
    }
    await identity.login({ email, password: NEW_PASSWORD });
    await expectProblem(identity.login({ email, password }), 'invalid-credentials');
  });

  it('a wrong current password and a weak new one change nothing', async () => {
    const { identity, email, password, session } = await opened();
    const wrong = { current_password: 'canary-3', new_password: NEW_PASSWORD };
    await expectProblem(identity.changePassword(session, wrong), 'wrong-password');
    const weak = { current_password: password, new_password: 'canary7' };
    await expectWeakPassword(identity.changePassword(session, weak), '/new_password');
    await identity.verify(session);
    await identity.login({ email, password });
  });

  it('a deleted account has no sessions, and its address is free', async () => {
    const { identity, fixture, email, password, session } = await opened();
    const bob = await loggedIn(fixture);
    const { id } = await identity.verify(session);
    await identity.deleteUser(session);
    await expectProblem(identity.verify(session), 'unauthenticated');
    await expectProblem(identity.refresh(session), 'session-expired');
    await expectProblem(identity.login({ email, password }), 'invalid-credentials');
    await identity.verify(bob.session);

    expect(await identity.register({ email, password })).toBe('usable');
    const user = await identity.verify(await identity.login({ email, password }));
    expect(user.id).not.toBe(id);
  });
}
