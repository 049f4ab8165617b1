import { expect, it } from 'vitest';
import type { OpenIdentity } from './fixture.ts';
import { expectProblem, HOUR_MS, loggedIn, NEW_PASSWORD } from './samples.ts';

export function describeSessions(open: OpenIdentity): void {
  it('all sessions of a user have the same user id, and their own login time', async () => {
    const fixture = await open('open');
    const { identity, now, passes } = fixture;
    const [ada, bob] = [await loggedIn(fixture), await loggedIn(fixture)];
    passes(60_000);
    const second = await identity.verify(await identity.login(ada));
    const first = await identity.verify(ada.session);
    expect(second.id).toBe(first.id);
    expect((await identity.verify(bob.session)).id).not.toBe(first.id);
    // Cognito's times are in seconds.
    expect(now().getTime() - second.loggedInAt.getTime()).toBeLessThan(10_000);
    expect(second.loggedInAt.getTime() - first.loggedInAt.getTime()).toBeGreaterThanOrEqual(59_000);
  });

  it('an access token expires after an hour', async () => {
    const fixture = await open('open');
    const { session } = await loggedIn(fixture);
    fixture.passes(HOUR_MS - 60_000);
    await fixture.identity.verify(session);
    fixture.passes(60_000);
    await expectProblem(fixture.identity.verify(session), 'unauthenticated');
  });

  it.each([
    ['no access token', {}],
    ['an unknown access token', { accessToken: 'canary' }],
  ])('%s is `unauthenticated` for every operation on a session', async (_title, session) => {
    const { identity } = await open('open');
    const change = { current_password: 'canary-1', new_password: NEW_PASSWORD };
    await expectProblem(identity.verify(session), 'unauthenticated');
    await expectProblem(identity.emailOf(session), 'unauthenticated');
    await expectProblem(identity.logoutEverywhere(session), 'unauthenticated');
    await expectProblem(identity.changePassword(session, change), 'unauthenticated');
    await expectProblem(identity.deleteUser(session), 'unauthenticated');
  });

  it('a logout ends only its session, refreshed or not', async () => {
    const fixture = await open('open');
    const { identity } = fixture;
    const ada = await loggedIn(fixture);
    const other = await identity.login(ada);
    const refreshed = await identity.refresh(ada.session);
    await identity.logout(refreshed);
    for (const ended of [ada.session, refreshed]) {
      await expectProblem(identity.verify(ended), 'unauthenticated');
      await expectProblem(identity.refresh(ended), 'session-expired');
    }
    await identity.verify(other);
    await identity.refresh(other);
  });

  it.each(['accessToken', 'refreshToken'] as const)('a logout with only the %s prevents a refresh', async (name) => {
    const fixture = await open('open');
    const { session } = await loggedIn(fixture);
    await fixture.identity.logout({ [name]: session[name] });
    await expectProblem(fixture.identity.refresh(session), 'session-expired');
  });

  it('a logout never fails', async () => {
    const fixture = await open('open');
    const { session } = await loggedIn(fixture);
    const presented = [{}, { accessToken: 'canary', refreshToken: 'canary' }, session, session];
    for (const each of presented) await fixture.identity.logout(each);
  });

  it('`logoutEverywhere` ends all sessions of this user, and no others', async () => {
    const fixture = await open('open');
    const { identity } = fixture;
    const [ada, bob] = [await loggedIn(fixture), await loggedIn(fixture)];
    const other = await identity.login(ada);
    await identity.logoutEverywhere(ada.session);
    for (const ended of [ada.session, other]) {
      await expectProblem(identity.verify(ended), 'unauthenticated');
      await expectProblem(identity.refresh(ended), 'session-expired');
    }
    await identity.verify(bob.session);
    await identity.verify(await identity.login(ada));
  });
}
