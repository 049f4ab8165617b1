import { setTimeout as sleep } from 'node:timers/promises';
import type { PastTurn } from '@async-chatbot/core/ports/bot';
import type { ModelSettings } from './bot-config.ts';
import type { Model } from './model.ts';
import { failureOf, isFiltered, ModelError } from './model-error.ts';
import { reporting } from './model-fetch.ts';
import { charactersOf, newestTurns, promptOf } from './model-prompt.ts';
import { deltasOf, type ModelResponse } from './model-request.ts';
import type { ModelSupport } from './model-support.ts';
import { type Attempt, nextAttempt } from './next-attempt.ts';
import { type ActiveBot, BotTimeoutError } from './time-limits.ts';
import { wholeCharacters } from './whole-characters.ts';

type PromptSettings = Pick<ModelSettings, 'systemPrompt' | 'historyMessages' | 'historyCharacters' | 'maxOutputTokens'>;

/** Called with the support that remains after the provider has rejected something. */
export type OnRefusal = (support: ModelSupport) => void;

interface ModelBotOptions {
  fetch: typeof globalThis.fetch;
  /** Called when later requests will omit something. */
  onRefusal: OnRefusal;
}

/** The history limit is not reduced below this. */
const MIN_HISTORY_CHARACTERS = 2000;

/**
 * A bot that calls a model. What the provider rejects is omitted from the next attempt and, if that succeeds, from all later
 * requests of this process. Throws a `ModelError`.
 */
export function modelBot(model: Model, settings: PromptSettings, { fetch, onRefusal }: ModelBotOptions): ActiveBot {
  const { systemPrompt, historyMessages, maxOutputTokens } = settings;
  let support: ModelSupport = {
    ...model.support,
    systemRole: model.support.systemRole && systemPrompt !== undefined,
  };
  let maxCharacters = settings.historyCharacters;

  /** Applies what a successful attempt has shown to later requests. `tooLong` is a history that failed before. */
  function learn(attempt: Attempt, tooLong: PastTurn[] | undefined): void {
    if (attempt.isLearned && attempt.support !== support) {
      ({ support } = attempt);
      onRefusal(support);
    }
    if (tooLong) maxCharacters = Math.max(MIN_HISTORY_CHARACTERS, Math.floor(charactersOf(tooLong) / 2));
  }

  return async function* reply(turn, signal, onActivity) {
    turn.reportUsage(0);
    const past = historyMessages === 0 ? [] : await turn.history(historyMessages);
    let attempt: Attempt = { support, history: newestTurns(past, maxCharacters), isLearned: false };
    let tooLong: PastTurn[] | undefined;
    for (;;) {
      const response: ModelResponse = { outputBytes: 0 };
      try {
        for await (const delta of send(attempt, response)) {
          learn(attempt, tooLong);
          tooLong = undefined;
          yield delta;
        }
        learn(attempt, tooLong);
        if (response.finish) turn.reportFinish(response.finish);
        return;
      } catch (error) {
        signal.throwIfAborted();
        const failure = failureOf(error);
        if (isFiltered(failure)) return turn.reportFinish('content-filter');
        const next = isCharged(response) ? undefined : nextAttempt(attempt, failure);
        if (!next) throw new ModelError(failure);
        if (next.history.length < attempt.history.length) tooLong = attempt.history;
        await sleep(next.waitMs ?? 0, undefined, { signal }).catch(() => signal.throwIfAborted());
        attempt = next;
      }
    }

    async function* send({ support, history }: Attempt, response: ModelResponse): AsyncGenerator<string, void> {
      const prompt = promptOf({ systemPrompt, history, content: turn.content }, support.systemRole);
      const request = {
        prompt,
        maxOutputTokens: support.outputLimits.length > 0 ? maxOutputTokens : undefined,
        isStreamed: support.streaming || model.isAlwaysStreamed,
      };
      const texts = [systemPrompt, ...history.flatMap(({ content, reply }) => [content, reply]), turn.content];
      const promptBytes = Buffer.byteLength(texts.join(''));
      // If the provider reports no usage, estimates a token for every four bytes of prompt and output.
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
          // After each delta too, since nothing waits for an aborted bot.
          reportUsage();
          yield delta;
        }
        signal.throwIfAborted();
        const isCut = response.finish === 'length' || response.finish === 'content-filter';
        if (isBlank && !isCut) throw new EmptyReplyError();
        reportUsage();
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

/** A request that failed without output is free, unless the provider reported usage. */
const isCharged = ({ outputBytes, tokens }: ModelResponse): boolean => outputBytes > 0 || tokens !== undefined;

class EmptyReplyError extends Error {
  override name = 'EmptyReplyError';
  readonly code = 'empty';
}
