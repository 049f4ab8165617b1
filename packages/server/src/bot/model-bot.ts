import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelSettings } from './bot-config.ts';
import type { Model } from './model.ts';
import { failureOf, isFiltered, ModelError } from './model-error.ts';
import { reporting } from './model-fetch.ts';
import { charactersOf, newestTurns, promptOf } from './model-prompt.ts';
import { deltasOf, type ModelResponse } from './model-request.ts';
import { type Attempt, nextAttempt } from './next-attempt.ts';
import { type ActiveBot, BotTimeoutError } from './time-limits.ts';
import { wholeCharacters } from './whole-characters.ts';

/**
 * A model as a bot. What the provider refuses is left out of the next attempt and, once that succeeds, of every later
 * request of this process. Throws a `ModelError`.
 */
export function modelBot(model: Model, settings: Omit<ModelSettings, 'model'>, fetch = globalThis.fetch): ActiveBot {
  const { systemPrompt, historyMessages, maxOutputTokens } = settings;
  let support = { ...model.support, systemRole: model.support.systemRole && systemPrompt !== undefined };
  let maxCharacters = settings.historyCharacters;

  return async function* reply(turn, signal, onActivity) {
    const past = historyMessages === 0 ? [] : await turn.history(historyMessages);
    let attempt: Attempt = { support, history: newestTurns(past, maxCharacters) };
    for (;;) {
      const response: ModelResponse = { outputBytes: 0 };
      try {
        for await (const delta of send(attempt, response)) {
          ({ support } = attempt);
          yield delta;
        }
        ({ support } = attempt);
        return turn.reportFinish(response.finish ?? 'other');
      } catch (error) {
        signal.throwIfAborted();
        const failure = failureOf(error);
        if (isFiltered(failure)) return turn.reportFinish('content-filter');
        const next = isCharged(response) ? undefined : nextAttempt(attempt, failure);
        if (!next) throw new ModelError(failure);
        // Too much for this model: later turns send half of it.
        if (next.history.length < attempt.history.length) maxCharacters = Math.floor(charactersOf(attempt.history) / 2);
        await sleep(next.waitMs ?? 0, undefined, { signal }).catch(() => signal.throwIfAborted());
        attempt = next;
      }
    }

    async function* send({ support, history }: Attempt, response: ModelResponse): AsyncGenerator<string, void> {
      const prompt = promptOf({ systemPrompt, history, content: turn.content }, support.systemRole);
      const request = {
        prompt,
        maxOutputTokens: support.outputLimits.length > 0 ? maxOutputTokens : undefined,
        isStreamed: support.streaming,
      };
      const texts = [systemPrompt, ...history.flatMap(({ content, reply }) => [content, reply]), turn.content];
      const promptBytes = Buffer.byteLength(texts.join(''));
      // For a provider that reports no usage: a token for every four bytes, the prompt's included.
      const reportUsage = () =>
        turn.reportUsage(response.tokens ?? Math.ceil((promptBytes + response.outputBytes) / 4));
      const left = new AbortController();
      const stopped = AbortSignal.any([signal, left.signal]);
      const connected = model.connect(support, reporting(fetch, onActivity));
      let isBlank = true;
      try {
        for await (const delta of wholeCharacters(deltasOf(connected, request, stopped, response))) {
          signal.throwIfAborted();
          isBlank &&= delta.trim() === '';
          // On the way too, since a bot that is aborted is not waited for.
          reportUsage();
          yield delta;
        }
        signal.throwIfAborted();
        reportUsage();
        const isCut = response.finish === 'length' || response.finish === 'content-filter';
        if (isBlank && !isCut) throw new EmptyReplyError();
      } catch (error) {
        const isCancelled = signal.aborted && !(signal.reason instanceof BotTimeoutError);
        if (isCancelled || isCharged(response)) reportUsage();
        throw error;
      } finally {
        left.abort();
      }
    }
  };
}

/** A request that failed before any output costs nothing, unless the provider counted its tokens. */
const isCharged = ({ outputBytes, tokens }: ModelResponse): boolean => outputBytes > 0 || tokens !== undefined;

class EmptyReplyError extends Error {
  override name = 'EmptyReplyError';
  readonly code = 'empty';
}
