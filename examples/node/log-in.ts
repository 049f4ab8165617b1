import { AuthenticationError, type Client, type Schemas } from '@async-chatbot/sdk';

/** Goes on with the session that the client has, or opens one; whoever has no account gets it. */
export async function logIn(client: Client, credentials: Schemas['Credentials']): Promise<void> {
  if (await succeeds(client.users.me())) return;
  if (await succeeds(client.users.login(credentials))) return;
  await client.users.register(credentials);
  await client.users.login(credentials);
}

/** Whether a call is not refused for want of a session or for wrong credentials; other failures are thrown. */
async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof AuthenticationError) return false;
    throw error;
  }
}
