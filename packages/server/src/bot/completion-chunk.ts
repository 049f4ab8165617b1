/** The properties read from a chunk or a whole chat completion. Servers differ in everything else. */
interface Received {
  choices?: Choice[];
  usage?: Record<string, unknown> | null;
  error?: unknown;
}

interface Choice {
  index?: unknown;
  delta?: Delta;
  /** Replaces `delta` in whole completions, and in the chunks of some servers. */
  message?: Delta;
  text?: unknown;
  finish_reason?: unknown;
}

interface Delta {
  content?: unknown;
  reasoning_content?: unknown;
  reasoning?: unknown;
  refusal?: unknown;
}

/** A chunk that the AI SDK accepts. */
export type CompletionChunk =
  | { error: unknown }
  | { choices: { delta: Delta; finish_reason: string | null }[]; usage?: object };

/** Normalizes a chunk; undefined for other data, such as a ping. `defaultFinish` applies to a chunk without finish reason. */
export function completionChunk(received: unknown, defaultFinish: string | null): CompletionChunk | undefined {
  // The cast: all properties are optional, and their values are checked.
  const { choices, usage, error } = Object(received) as Received;
  if (error) return { error };
  const choice = Array.isArray(choices) ? choices.find(({ index = 0 }) => index === 0) : undefined;
  const counts = usage && { usage: countsOf(usage) };
  if (!choice) return counts ? { choices: [], ...counts } : undefined;
  const finish_reason = choice.finish_reason == null ? defaultFinish : String(choice.finish_reason);
  if (finish_reason === 'error') return { error: { message: 'The finish reason is error' } };
  return { choices: [{ delta: deltaOf(choice), finish_reason }], ...counts };
}

function deltaOf({ delta, message, text }: Choice): Delta {
  const { content, reasoning_content, reasoning, refusal } = delta ?? message ?? { content: text };
  return { content, reasoning_content, reasoning, refusal };
}

function countsOf({ prompt_tokens, completion_tokens }: Record<string, unknown>): object {
  return { prompt_tokens: countOf(prompt_tokens), completion_tokens: countOf(completion_tokens) };
}

function countOf(value: unknown): number | undefined {
  const count = typeof value === 'string' ? Number(value) : value;
  return typeof count === 'number' && Number.isFinite(count) ? count : undefined;
}
