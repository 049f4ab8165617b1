/** A page with a login form and, after the login, the conversation. */
import { AuthenticationError, createClient } from '@async-chatbot/sdk';
import { chatView } from './chat-view.js';
import { loginView } from './login-view.js';

const client = createClient({
  baseUrl: 'http://localhost:8000',
  onSessionEnd: (error) => show(login, error.message),
});
const chat = chatView(client, fail);
const login = loginView(client, enter);
const logOut = document.getElementById('log-out');

logOut.addEventListener('click', async () => {
  await client.users.logout().catch(() => undefined);
  show(login, 'You are logged out.');
});

await enter();

/** Shows the conversation if the user is logged in. Scripts cannot read the cookies, so only a call shows that. */
async function enter() {
  try {
    const { messages } = await client.messages.list({ limit: 50 });
    show(chat, messages.reverse());
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  if (!(error instanceof AuthenticationError)) chat.notice(error.message);
  // If the session has just ended, `onSessionEnd` has already shown the login form.
  else if (!login.isShown()) show(login, '');
}

function show(view, what) {
  for (const each of [chat, login]) if (each !== view) each.hide();
  logOut.hidden = view !== chat;
  view.show(what);
}
