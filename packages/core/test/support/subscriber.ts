import { vi } from 'vitest';
import type { FollowedReply } from '../../src/turns/pending-reply.ts';
import type { StreamEvent } from '../../src/turns/reply-events.ts';

/** Follows the stream events of a reply. */
export function subscribe(reply: FollowedReply, { after, delayMs = 0 }: { after?: string; delayMs?: number } = {}) {
  const client = new AbortController();
  const events: StreamEvent[] = [];
  const ended = read();
  // A test may wait for it later.
  ended.catch(() => undefined);

  async function read(): Promise<void> {
    for await (const event of reply.events(client.signal, after)) {
      events.push(event);
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }

  const types = () => events.map(({ event }) => event.type);
  /** All deltas of the last run, concatenated. */
  const text = () =>
    events
      .slice(types().lastIndexOf('reply-started') + 1)
      .map(({ event }) => (event.type === 'reply-delta' ? event.delta : ''))
      .join('');
  return {
    signal: client.signal,
    events,
    ended,
    types,
    text,
    leave: () => client.abort(),
    hasText: (expected: string) =>
      vi.waitFor(() => {
        if (text() !== expected) throw new Error(`The text is "${text()}"`);
      }),
  };
}
