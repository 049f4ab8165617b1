/** Sends a message and prints the reply as it is streamed: `node chat.ts Tell me a joke`. */
import { createClient, type ReplyStream } from '@async-chatbot/sdk';
import { logIn } from './log-in.ts';
import { readState, type SavedState, writeState } from './state.ts';

const {
  CHAT_URL: baseUrl = 'http://localhost:8000',
  CHAT_EMAIL: email = 'ada@example.com',
  CHAT_PASSWORD: password = 'Password123',
  CHAT_STATE: file = 'chat.json',
} = process.env;

const content = process.argv.slice(2).join(' ') || 'Hello!';
const state = await readState(file);
const client = createClient({ baseUrl, session: state.session });

await logIn(client, { email, password });
const id_conversation = state.id_conversation ?? (await client.conversations.create()).id_conversation;

// The last run stopped during a reply, so print that reply first, from its start.
if (state.id_reply) await show(client.messages.resume(state.id_reply, { id_conversation }));
await show(client.messages.stream({ content }, { id_conversation }));

/** Prints a reply as it is streamed. Until it ends, its id is saved, so that the next run can resume it. */
async function show(stream: ReplyStream): Promise<void> {
  try {
    for await (const event of stream) {
      if (event.type === 'message-created') await save({ id_reply: event.user_message.id_reply });
      // If the generation is interrupted, another one starts with this event.
      if (event.type === 'reply-started') process.stdout.write('\nBot: ');
      if (event.type === 'reply-delta') process.stdout.write(event.delta);
    }
  } finally {
    process.stdout.write('\n');
    await save();
  }
}

function save(rest: Partial<SavedState> = {}): Promise<void> {
  return writeState(file, { session: client.session.export(), id_conversation, ...rest });
}
