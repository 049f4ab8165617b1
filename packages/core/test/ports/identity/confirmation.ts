import { expect, it } from 'vitest';
import type { OpenIdentity } from './fixture.ts';
import { DAY_MS, expectProblem, HOUR_MS, NEW_PASSWORD, newCredentials, otherThan, registered } from './samples.ts';

export function describeConfirmation(open: OpenIdentity): void {
  async function unconfirmed() {
    const fixture = await open('confirm');
    const credentials = await registered(fixture);
    const { email } = credentials;
    return {
      ...fixture,
      credentials,
      email,
      newestCode: () => fixture.codeFor(email),
      confirm: (code: string) => fixture.identity.confirm({ email, code }),
      login: () => fixture.identity.login(credentials),
    };
  }

  it('the code confirms the account, once', async () => {
    const { identity, email, newestCode, confirm, login } = await unconfirmed();
    const code = newestCode();
    expect(code).toMatch(/^\d{6}$/);
    await expectProblem(login(), 'email-not-confirmed');
    await identity.confirm({ email: email.toUpperCase(), code });
    await login();
    await expectProblem(confirm(code), 'code-invalid');
  });

  it('only the right password reveals that an account is unconfirmed', async () => {
    const { identity, credentials } = await unconfirmed();
    await expectProblem(identity.login({ ...credentials, password: 'canary-2' }), 'invalid-credentials');
  });

  it('a wrong code and an unknown address are `code-invalid`', async () => {
    const { identity, newestCode, confirm } = await unconfirmed();
    await expectProblem(confirm(otherThan(newestCode())), 'code-invalid');
    await expectProblem(identity.confirm({ email: newCredentials().email, code: newestCode() }), 'code-invalid');
    await confirm(newestCode());
  });

  it('the password of the confirmation replaces that of the registration', async () => {
    const { identity, credentials, email, newestCode } = await unconfirmed();
    const own = { email, password: NEW_PASSWORD };
    await identity.confirm({ ...own, code: newestCode() });
    await expectProblem(identity.login(credentials), 'invalid-credentials');
    await identity.login(own);
  });

  it('a confirmation with the registered password keeps it', async () => {
    const { identity, credentials, newestCode, login } = await unconfirmed();
    await identity.confirm({ ...credentials, code: newestCode() });
    await login();
  });

  it('a wrong code replaces no password', async () => {
    const { identity, email, newestCode, confirm, login } = await unconfirmed();
    const wrong = { email, password: NEW_PASSWORD, code: otherThan(newestCode()) };
    await expectProblem(identity.confirm(wrong), 'code-invalid');
    await confirm(newestCode());
    await expectProblem(identity.confirm({ ...wrong, code: newestCode() }), 'code-invalid');
    await login();
  });

  it('a code expires after a day', async () => {
    const { passes, newestCode, confirm, login } = await unconfirmed();
    passes(DAY_MS);
    await expectProblem(confirm(newestCode()), 'code-invalid');
    await expectProblem(login(), 'email-not-confirmed');
  });

  it('a code works until a day has passed', async () => {
    const { passes, newestCode, confirm } = await unconfirmed();
    passes(DAY_MS - 60_000);
    await confirm(newestCode());
  });

  it('a new code replaces the first', async () => {
    const { identity, email, newestCode, confirm } = await unconfirmed();
    const first = newestCode();
    await identity.resendConfirmation(email);
    if (newestCode() !== first) await expectProblem(confirm(first), 'code-invalid');
    await confirm(newestCode());
  });

  it('a request for a new code does not reveal who needs one', async () => {
    const { identity, email, codeFor, newestCode, confirm } = await unconfirmed();
    const unknown = newCredentials().email;
    await identity.resendConfirmation(unknown);
    expect(codeFor(unknown)).toBe('');
    await confirm(newestCode());
    const used = newestCode();
    await identity.resendConfirmation(email);
    expect(newestCode()).toBe(used);
  });

  it('after five wrong codes, the right one is rejected for an hour', async () => {
    const { identity, email, passes, newestCode, confirm } = await unconfirmed();
    for (let attempt = 0; attempt < 5; attempt++) {
      await expectProblem(confirm(otherThan(newestCode())), 'code-invalid');
    }
    await expectProblem(confirm(newestCode()), 'code-invalid');
    await identity.resendConfirmation(email);
    await expectProblem(confirm(newestCode()), 'code-invalid');
    passes(HOUR_MS);
    await confirm(newestCode());
  });
}
