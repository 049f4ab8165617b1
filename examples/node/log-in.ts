import { AuthenticationError, type Client, type Schemas } from '@async-chatbot/sdk';

/** Continues the session of the client, or logs in. Registers the account if it does not exist. */
export async function logIn(client: Client, credentials: Schemas['Credentials']): Promise<void> {
  if (await succeeds(client.users.me())) return;
  if (await succeeds(client.users.login(credentials))) return;
  await client.users.register(credentials);
  await client.users.login(credentials);
}

/** Returns whether a call succeeds, or fails with a 401. Throws all other errors. */
async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof AuthenticationError) return false;
    throw error;
  }
}
