import { expect, it } from 'vitest';
import type { OpenIdentity } from './fixture.ts';
import {
  expectForbidden,
  expectProblem,
  expectWeakPassword,
  NEW_PASSWORD,
  newCredentials,
  registered,
} from './samples.ts';

export function describeRegistration(open: OpenIdentity): void {
  it('after open registration, a user can log in at once, whatever the case of the address', async () => {
    const { identity } = await open('open');
    const { email, password } = newCredentials();
    expect(await identity.register({ email, password })).toBe('usable');
    const session = await identity.login({ email: email.toUpperCase(), password });
    expect(await identity.emailOf(session)).toBe(email);
  });

  it('open registration of a taken address is `email-taken`, whatever its case', async () => {
    const fixture = await open('open');
    const { email, password } = await registered(fixture);
    const again = fixture.identity.register({ email: email.toUpperCase(), password: 'canary-2' });
    await expectProblem(again, 'email-taken');
    await fixture.identity.login({ email, password });
  });

  it('registration with a code does not reveal a taken address', async () => {
    const { identity, codeFor } = await open('confirm');
    const ada = newCredentials();
    expect(await identity.register(ada)).toBe('unconfirmed');
    const code = codeFor(ada.email);
    expect(await identity.register({ ...ada, password: 'canary-2' })).toBe('unconfirmed');
    expect(codeFor(ada.email)).toBe(code);
    await expectProblem(identity.login({ ...ada, password: 'canary-2' }), 'invalid-credentials');
  });

  it.each(['open', 'confirm'] as const)('a weak password is rejected if registration is %s', async (registration) => {
    const { identity } = await open(registration);
    const ada = newCredentials();
    await expectWeakPassword(identity.register({ ...ada, password: 'canary7' }), '/password');
    await expectProblem(identity.login({ ...ada, password: 'canary7' }), 'invalid-credentials');
  });

  it('a wrong password and an unknown address are `invalid-credentials`', async () => {
    const fixture = await open('open');
    const ada = await registered(fixture);
    await expectProblem(fixture.identity.login({ ...ada, password: 'canary-2' }), 'invalid-credentials');
    await expectProblem(fixture.identity.login(newCredentials()), 'invalid-credentials');
  });

  it('a user who must reset the password is `password-reset-required` until then', async () => {
    const fixture = await open('open');
    const { identity, users, codeFor } = fixture;
    const { email, password } = await registered(fixture);
    await users.requireReset(email);
    await expectForbidden(identity.login({ email, password }), 'password-reset-required');
    await expectProblem(identity.login({ email, password: NEW_PASSWORD }), 'invalid-credentials');
    await identity.resetPassword({ email, code: codeFor(email), password: NEW_PASSWORD });
    await identity.login({ email, password: NEW_PASSWORD });
  });

  it('an unconfirmed user is `email-not-confirmed` until then', async () => {
    const fixture = await open('open');
    const { identity, users, codeFor } = fixture;
    const { email, password } = await registered(fixture);
    await users.unconfirm(email);
    await expectForbidden(identity.login({ email, password }), 'email-not-confirmed');
    await expectProblem(identity.login({ email, password: NEW_PASSWORD }), 'invalid-credentials');
    await identity.resendConfirmation(email);
    await identity.confirm({ email, code: codeFor(email) });
    await identity.login({ email, password });
  });
}
