import { formatEvent } from '@async-chatbot/shared/event-stream';
import { NOT_A_MODEL } from './model-error.ts';

/** What is read of a chat completion; the AI SDK validates the rest. */
interface Completion {
  choices?: { message?: object; finish_reason?: unknown }[];
  error?: unknown;
}

/** `fetch` that turns the JSON document of a server that cannot stream into the stream that was asked for. */
export function acceptingJson(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || type.startsWith('text/event-stream') || !isStreamRequest(init)) return response;
    const text = await response.text();
    // Some servers stream under another media type.
    const events = /^\s*(data|event|id|:)/.test(text) ? text : eventsOf(text);
    return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
  };
}

const isStreamRequest = (init: RequestInit | undefined): boolean =>
  typeof init?.body === 'string' && JSON.parse(init.body).stream === true;

function eventsOf(text: string): string {
  const completion = parse(text);
  if (!completion.choices && !completion.error) throw notAModel();
  const { choices = [], ...rest } = completion;
  const chunk = {
    ...rest,
    choices: choices.map(({ message, finish_reason }) => ({ delta: message, finish_reason: finish_reason ?? 'stop' })),
  };
  return formatEvent({ data: JSON.stringify(chunk) }) + formatEvent({ data: '[DONE]' });
}

function parse(text: string): Completion {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw notAModel();
  }
}

const notAModel = (): Error => Object.assign(new Error('Not a chat completion'), { code: NOT_A_MODEL });
