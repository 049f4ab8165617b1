import { ApiError, type Client } from '@async-chatbot/sdk';
import { useActionState } from 'react';

/** Logs somebody in; whoever has no account gets it first. */
export function Login({ client, onLogin }: { readonly client: Client; readonly onLogin: () => void }) {
  const [notice, submit, isPending] = useActionState(async (_: string, form: FormData) => {
    const credentials = { email: `${form.get('email')}`, password: `${form.get('password')}` };
    try {
      if (form.has('register')) await client.users.register(credentials);
      await client.users.login(credentials);
      onLogin();
      return '';
    } catch (error) {
      if (error instanceof ApiError && error.errors.length > 0)
        return error.errors.map(({ pointer, message }) => `${pointer} ${message}`).join(', ');
      return `${error instanceof Error ? error.message : error}`;
    }
  }, '');

  return (
    <form action={submit} inert={isPending}>
      <p role="alert">{notice}</p>
      <label>
        E-mail <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit">Log in</button>
      <button type="submit" name="register" value="yes">
        Create an account
      </button>
    </form>
  );
}
