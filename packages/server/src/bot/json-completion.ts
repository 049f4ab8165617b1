import { formatEvent } from '@async-chatbot/shared/event-stream';
import { NOT_A_MODEL } from './model-error.ts';

/** The fields read from a chat completion; the AI SDK validates the rest. */
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
    return new Response(await toEvents(response), { headers: { 'content-type': 'text/event-stream' } });
  };
}

/** Some servers stream under another media type, so the first bytes decide. */
async function toEvents(response: Response): Promise<ReadableStream | string> {
  const [body, copy] = response.body?.tee() ?? [];
  const beginning = copy?.getReader();
  const { value } = (await beginning?.read()) ?? {};
  beginning?.cancel().catch(() => undefined);
  if (body && /^\s*(data|event|id|retry|:)/.test(new TextDecoder().decode(value))) return body;
  return eventsOf(await new Response(body).text());
}

const isStreamRequest = (init: RequestInit | undefined): boolean =>
  typeof init?.body === 'string' && JSON.parse(init.body).stream === true;

function eventsOf(text: string): string {
  const completion = parse(text);
  if (!completion.choices && !completion.error) throw notAModel();
  const { choices = [], error, ...rest } = completion;
  const chunk = {
    ...rest,
    ...(error ? { error } : {}),
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
