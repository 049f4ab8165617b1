import type { MessageOptions } from '../options.ts';

/** A reply that the AI SDK asks for. */
export interface ReplyRequest {
  readonly chatId: string;
  /** The id of the user message: what the AI SDK generated, or the server's where it comes from the history. */
  readonly id: string;
  readonly content: string;
  /** Whether this is its first send, and neither an edit nor a regeneration. */
  readonly isNew: boolean;
  readonly keepLaterMessages: boolean;
  readonly options: MessageOptions;
}
