import { expect, it } from 'vitest';
import type { OpenIdentity } from './fixture.ts';
import {
  expectProblem,
  expectWeakPassword,
  HOUR_MS,
  loggedIn,
  NEW_PASSWORD,
  newCredentials,
  otherThan,
  registered,
} from './samples.ts';

export function describePasswordReset(open: OpenIdentity): void {
  async function forgotten() {
    const fixture = await open('open');
    const ada = await loggedIn(fixture);
    const { email } = ada;
    await fixture.identity.forgotPassword(email.toUpperCase());
    const code = fixture.codeFor(email);
    const reset = (value = code, password = NEW_PASSWORD) =>
      fixture.identity.resetPassword({ email, code: value, password });
    return { ...fixture, ...ada, code, reset };
  }

  it('the code sets a new password, once, and ends all sessions', async () => {
    const { identity, email, password, session, code, reset } = await forgotten();
    expect(code).toMatch(/^\d{6}$/);
    await reset();
    await identity.login({ email, password: NEW_PASSWORD });
    await expectProblem(identity.login({ email, password }), 'invalid-credentials');
    await expectProblem(identity.verify(session), 'unauthenticated');
    await expectProblem(identity.refresh(session), 'session-expired');
    await expectProblem(reset(code, 'canary-3'), 'code-invalid');
  });

  it('a wrong code, an unknown address and a code that was never sent are `code-invalid`', async () => {
    const fixture = await forgotten();
    const { identity, code, reset } = fixture;
    await expectProblem(reset(otherThan(code)), 'code-invalid');
    for (const email of [newCredentials().email, (await registered(fixture)).email]) {
      await expectProblem(identity.resetPassword({ email, code, password: NEW_PASSWORD }), 'code-invalid');
    }
    await reset();
  });

  it('a reset code confirms no registration, and a confirmation code resets no password', async () => {
    const { identity, email, code } = await forgotten();
    await expectProblem(identity.confirm({ email, code }), 'code-invalid');
    const other = await open('confirm');
    const bob = await registered(other);
    const reset = { email: bob.email, code: other.codeFor(bob.email), password: NEW_PASSWORD };
    await expectProblem(other.identity.resetPassword(reset), 'code-invalid');
  });

  it('a code expires after an hour', async () => {
    const { identity, passes, email, password, reset } = await forgotten();
    passes(HOUR_MS);
    await expectProblem(reset(), 'code-invalid');
    await identity.login({ email, password });
  });

  it('a weak password is rejected and leaves the code valid', async () => {
    const { code, reset } = await forgotten();
    await expectWeakPassword(reset(code, 'canary7'), '/password');
    await reset();
  });

  it('a request does not reveal which accounts exist', async () => {
    const fixture = await open('confirm');
    const unknown = newCredentials().email;
    await fixture.identity.forgotPassword(unknown);
    expect(fixture.codeFor(unknown)).toBe('');
    const { email } = await registered(fixture);
    const confirmation = fixture.codeFor(email);
    await fixture.identity.forgotPassword(email);
    expect(fixture.codeFor(email)).toBe(confirmation);
  });

  it('after five wrong codes, the right one is rejected for an hour', async () => {
    const { identity, email, codeFor, passes, code, reset } = await forgotten();
    for (let attempt = 0; attempt < 5; attempt++) await expectProblem(reset(otherThan(code)), 'code-invalid');
    await expectProblem(reset(), 'code-invalid');
    passes(HOUR_MS);
    await identity.forgotPassword(email);
    await reset(codeFor(email));
  });
}
