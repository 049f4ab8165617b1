/** Asks the bot, and shows its answer as it comes: `node chat.ts Tell me a joke`. */
import { createClient, type ReplyStream } from '@async-chatbot/sdk';
import { logIn } from './log-in.ts';
import { type Notes, readNotes, writeNotes } from './state.ts';

const {
  CHAT_URL: baseUrl = 'http://localhost:8000',
  CHAT_EMAIL: email = 'ada@example.com',
  CHAT_PASSWORD: password = 'Password123',
  CHAT_NOTES: file = 'chat.json',
} = process.env;

const content = process.argv.slice(2).join(' ') || 'Hello!';
const notes = await readNotes(file);
const client = createClient({ baseUrl, session: notes.session });

await logIn(client, { email, password });
const id_conversation = notes.id_conversation ?? (await client.conversations.create()).id_conversation;

// The last run was ended before the answer was: it is told first, from its beginning.
if (notes.id_reply) await show(client.messages.resume(notes.id_reply, { id_conversation }));
await show(client.messages.stream({ content }, { id_conversation }));

/** Prints a reply word by word. Until that is done there is a note of it, which outlives a run that is killed. */
async function show(stream: ReplyStream): Promise<void> {
  try {
    for await (const event of stream) {
      if (event.type === 'message-created') await note({ id_reply: event.user_message.id_reply });
      // It may come again: then the bot has begun anew.
      if (event.type === 'reply-started') process.stdout.write('\nBot: ');
      if (event.type === 'reply-delta') process.stdout.write(event.delta);
    }
  } finally {
    process.stdout.write('\n');
    await note();
  }
}

function note(rest: Partial<Notes> = {}): Promise<void> {
  return writeNotes(file, { session: client.session.export(), id_conversation, ...rest });
}
