import type { Adapter } from '../adapter.ts';
import type { Reply } from '../fault-server.ts';
import { gather, outcome, type Probe, withServer } from '../probe.ts';
import { inTurn } from '../replies.ts';

const message = { id_message: 'asked', is_bot: false, id_reply: 'told', content: 'Hello', version: 1 };
const reply = { id_message: 'told', is_bot: true, reply_to: 'asked', content: '', version: 1 };

/** What our API tells of a reply. */
const eventsOfReply = [
  { type: 'message-created', user_message: message },
  { type: 'reply-started', bot_response: reply },
  { type: 'reply-completed', bot_response: { ...reply, status: 'completed' } },
];

/** Whether a stream that breaks off goes on. */
export const streams: Probe[] = [
  {
    title: 'Resumes a stream that was cut, with `Last-Event-ID`',
    async run(adapter) {
      const { stream, events = eventsOfReply } = adapter;
      if (!stream) return undefined;
      const last = events.length - 1;
      const frames = events.map(frame);
      return withServer(
        adapter,
        inTurn(cutAfter(frames.slice(0, last).join('')), whole(frames[last] ?? '')),
        async (client, { arrivals }) => {
          const seen: unknown[] = [];
          const read = await outcome(() => gather(stream(client), seen));
          if (seen.length === 0) throw new Error('It tells nothing of a stream');
          const isWhole = read !== 'pending' && 'value' in read;
          return isWhole && arrivals[1]?.headers['last-event-id'] === `e-${last - 1}`;
        },
      );
    },
  },
];

function frame(event: NonNullable<Adapter['events']>[number], index: number): string {
  return `id: e-${index}\n${event.type ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`;
}

const EVENTS = { 'content-type': 'text/event-stream' };

function whole(text: string): Reply {
  return (res) => res.writeHead(200, EVENTS).end(text);
}

/** Sends this and hangs up. */
function cutAfter(text: string): Reply {
  return (res) => res.writeHead(200, EVENTS).write(text, () => setTimeout(() => res.destroy(), 50));
}
