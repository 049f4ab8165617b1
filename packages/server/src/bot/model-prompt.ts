import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { PastTurn } from '@async-chatbot/core/ports/bot';

export interface PromptSource {
  systemPrompt: string | undefined;
  /** Oldest first. */
  history: PastTurn[];
  /** The user message to reply to. */
  content: string;
}

/** The newest turns that fit into `maxCharacters` together, oldest first. */
export function newestTurns(turns: PastTurn[], maxCharacters: number): PastTurn[] {
  let left = maxCharacters;
  const first = turns.findLastIndex((turn) => {
    left -= charactersOf([turn]);
    return left < 0;
  });
  return turns.slice(first + 1);
}

/** The length of the history, in UTF-16 code units. */
export const charactersOf = (history: PastTurn[]): number =>
  history.reduce((sum, { content, reply }) => sum + content.length + reply.length, 0);

/**
 * Builds a prompt whose roles alternate, starting and ending with the user's. If the model has no system role, the system
 * prompt is prepended to the first user message.
 */
export function promptOf({ systemPrompt, history, content }: PromptSource, systemRole: boolean): LanguageModelV4Prompt {
  const texts = [...history.flatMap((turn) => [turn.content, turn.reply]), content];
  if (systemPrompt && !systemRole) texts[0] = `${systemPrompt}\n\n${texts[0]}`;
  return [
    ...(systemPrompt && systemRole ? [{ role: 'system' as const, content: systemPrompt }] : []),
    ...texts.map((text, index) => ({
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      content: [{ type: 'text' as const, text }],
    })),
  ];
}
