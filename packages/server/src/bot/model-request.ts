import type {
  LanguageModelV4,
  LanguageModelV4FinishReason,
  LanguageModelV4Prompt,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import type { FinishReason } from '@async-chatbot/core/ports/bot';

export interface ModelRequest {
  prompt: LanguageModelV4Prompt;
  maxOutputTokens: number | undefined;
  isStreamed: boolean;
}

/** What has been received so far. */
export interface ModelResponse {
  /** The length of all text and reasoning, in UTF-8 bytes. */
  outputBytes: number;
  /** Input plus output tokens, if the provider reports them. */
  tokens?: number | undefined;
  finish?: FinishReason;
}

/** The response contains an error or is incomplete. An error that the provider sent is the `cause`. */
export class StreamError extends Error {
  override name = 'StreamError';
}

/** Sends a request and yields its text as deltas, which may split characters. Updates `response` as data arrives. */
export async function* deltasOf(
  model: LanguageModelV4,
  request: ModelRequest,
  abortSignal: AbortSignal,
  response: ModelResponse,
): AsyncGenerator<string, void> {
  for await (const part of partsOf(model, request, abortSignal)) {
    if (part.type === 'error') throw new StreamError('The provider sent an error', { cause: part.error });
    if (part.type === 'text-delta' || part.type === 'reasoning-delta')
      response.outputBytes += Buffer.byteLength(part.delta);
    if (part.type === 'text-delta') yield part.delta;
    if (part.type === 'finish') {
      response.tokens = tokensOf(part.usage);
      response.finish = finishOf(part.finishReason);
    }
  }
  if (!response.finish) throw new StreamError('The response ended before the reply');
}

async function* partsOf(
  model: LanguageModelV4,
  { prompt, maxOutputTokens, isStreamed }: ModelRequest,
  abortSignal: AbortSignal,
) {
  const options = { prompt, abortSignal, ...(maxOutputTokens !== undefined && { maxOutputTokens }) };
  if (isStreamed) {
    const { stream } = await model.doStream(options);
    yield* stream;
  } else {
    const { content, usage, finishReason } = await model.doGenerate(options);
    for (const part of content) {
      if (part.type === 'text') yield { type: 'text-delta' as const, delta: part.text };
      if (part.type === 'reasoning') yield { type: 'reasoning-delta' as const, delta: part.text };
    }
    yield { type: 'finish' as const, usage, finishReason };
  }
}

/** More than any model processes in a request. */
const MAX_TOKENS = 10_000_000;

/** Undefined if the provider's counts are missing or implausible. */
function tokensOf({ inputTokens, outputTokens }: LanguageModelV4Usage): number | undefined {
  const tokens = (inputTokens.total ?? 0) + (outputTokens.total ?? 0);
  return Number.isSafeInteger(tokens) && tokens > 0 && tokens <= MAX_TOKENS ? tokens : undefined;
}

function finishOf({ unified, raw = '' }: LanguageModelV4FinishReason): FinishReason {
  if (unified === 'error' || unified === 'interrupted') throw new StreamError('The provider stopped with an error');
  if (unified !== 'tool-calls' && unified !== 'other') return unified;
  // Some providers have their own reasons, which the AI SDK does not map.
  if (/max_?tokens|context_window|length/i.test(raw)) return 'length';
  return /filter|safety|guardrail|refusal|blocklist|prohibited/i.test(raw) ? 'content-filter' : 'other';
}
