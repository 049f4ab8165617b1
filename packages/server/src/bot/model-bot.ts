import { type LanguageModel, type LanguageModelUsage, streamText } from 'ai';
import type { Bot, Said, Turn } from './bot.ts';
import type { ModelSettings } from './bot-config.ts';
import { ModelError, toModelError } from './model-error.ts';
import { wholeCharacters } from './whole-characters.ts';

/** A model in words alone would be asked for at a gateway of the AI SDK's makers. */
export type Model = Exclude<LanguageModel, string>;

/** Before the first word there is nothing to lose but time, and of that a second attempt takes 2 s. */
const RETRIES = 1;

/** A model of the AI SDK as a bot. Whatever goes wrong with it is thrown as a `ModelError`. */
export function modelBot(model: Model, settings: Omit<ModelSettings, 'model'>): Bot {
  // The only way to keep the AI SDK from printing what providers warn of.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  return async function* (turn, signal) {
    const { historyMessages } = settings;
    const history = historyMessages === 0 ? [] : await turn.history(historyMessages);
    const abandoned = new AbortController();
    let hasWords = false;
    try {
      const parts = ask(model, settings, messagesOf(history, turn), AbortSignal.any([signal, abandoned.signal]));
      for await (const words of wholeCharacters(wordsOf(parts, turn))) {
        signal.throwIfAborted();
        hasWords ||= words.trim() !== '';
        yield words;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw toModelError(error);
    } finally {
      abandoned.abort();
    }
    signal.throwIfAborted();
    if (!hasWords) throw new ModelError('empty');
  };
}

type Message = { role: 'user' | 'assistant'; content: string };

/** Models want the user to begin, but a window may open in the midst of an exchange. */
function messagesOf(history: Said[], { content }: Turn): Message[] {
  const first = history.findIndex(({ is_bot }) => !is_bot);
  const window = first === -1 ? [] : history.slice(first);
  return [
    ...window.map((said): Message => ({ role: said.is_bot ? 'assistant' : 'user', content: said.content })),
    { role: 'user', content },
  ];
}

type Parts = ReturnType<typeof ask>;

function ask(
  model: Model,
  { systemPrompt, maxOutputTokens }: Omit<ModelSettings, 'model'>,
  messages: Message[],
  abortSignal: AbortSignal,
) {
  return streamText({
    model,
    ...(systemPrompt && { instructions: systemPrompt }),
    messages,
    maxOutputTokens,
    maxRetries: RETRIES,
    abortSignal,
    telemetry: { isEnabled: false },
    // Without it the AI SDK prints errors, and what people said with them. They are parts of the stream too.
    onError: () => undefined,
  }).stream;
}

async function* wordsOf(parts: Parts, turn: Turn): AsyncGenerator<string, void> {
  for await (const part of parts) {
    if (part.type === 'error') throw toModelError(part.error);
    if (part.type === 'text-delta') yield part.text;
    if (part.type === 'finish') tell(part.totalUsage, turn);
  }
}

/** The model's server counts them, so they may be missing, and anything else but a count. */
function tell({ inputTokens = 0, outputTokens = 0 }: LanguageModelUsage, turn: Turn): void {
  const tokens = inputTokens + outputTokens;
  if (Number.isSafeInteger(tokens) && tokens > 0) turn.spent(tokens);
}
