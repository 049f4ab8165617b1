import type { Client } from '@async-chatbot/sdk';
import { useActionState } from 'react';

export function Login({ client, onLogin }: { client: Client; onLogin: () => Promise<void> }) {
  const [notice, submit, isPending] = useActionState(async (_: string, form: FormData) => {
    const credentials = { email: `${form.get('email')}`, password: `${form.get('password')}` };
    try {
      if (form.has('register')) await client.users.register(credentials);
      await client.users.login(credentials).then(onLogin);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  }, '');
  return (
    <form action={submit} inert={isPending}>
      <p role="alert">{notice}</p>
      <label>
        Email <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <input type="submit" value="Log in" />
      <input type="submit" name="register" value="Create an account" />
    </form>
  );
}
