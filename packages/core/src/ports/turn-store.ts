import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { ConversationKey, Message } from './message.ts';

/** What a turn is created with, so that a repeat creates the same one. */
export interface TurnIds {
  id_message: string;
  id_reply: string;
  timestamp: string;
}

/** A taken idempotency key, and the turn that it stands for. */
export interface TakenKey extends TurnIds {
  /** Names the record of the key; the messages of the turn carry it. */
  record: string;
  /** Whether this attempt took the key. */
  isOwn: boolean;
  isSameRequest: boolean;
  /** Whether the message was deleted since. */
  isDeleted: boolean;
  /** When it was taken, in milliseconds since the epoch. */
  takenAtMs: number;
}

/** Names a reply. */
export interface ReplyKey {
  conversation: ConversationKey;
  id_reply: string;
}

/** One generation of a reply. `run` is the version that the reply had at its start, so no two generations share it. */
export interface GenerationRun extends ReplyKey {
  run: number;
}

/** A reply as stored. */
export interface StoredReply {
  message: Message;
  run: number;
  /** Whether the user wants this run to stop. */
  isCancelled: boolean;
  /** Why it failed. */
  problem?: ProblemCode | undefined;
}

/** How a generation ended. */
export interface GenerationEnd {
  status: NonNullable<Message['status']>;
  content: string;
  finish_reason?: Message['finish_reason'];
  problem?: ProblemCode | undefined;
}

/** What turns store: idempotency keys, conversation locks, replies in progress and their chunks. */
export interface TurnStore {
  /** Takes a user's key for a turn, for 24 hours, or returns the turn it was taken for before. */
  takeKey(userId: string, key: string, request: string, turn: TurnIds): Promise<TakenKey>;
  /** Takes a key over that was taken long ago and led to no turn; false if another request did. */
  takeOverKey(userId: string, taken: TakenKey): Promise<boolean>;
  /** Releases a key that led to no turn. */
  releaseKey(userId: string, taken: TakenKey): Promise<void>;

  /** Locks a conversation for one reply; false if another reply holds the lock. May be repeated, to extend the lease. */
  lock(reply: ReplyKey, leaseMs: number): Promise<boolean>;
  unlock(reply: ReplyKey): Promise<void>;

  /**
   * Stores the messages of a new turn; a reply in progress with its lease. After an error, some of them may be stored:
   * it may be repeated with the same ones until all are.
   */
  create(messages: readonly Message[], by: { leaseMs: number; keyRecord?: string | undefined }): Promise<void>;
  /** Starts a new run of a reply, stored or not; undefined if a generation is alive. */
  claimReply(
    reply: ReplyKey & { reply_to: string; timestamp: string },
    leaseMs: number,
  ): Promise<StoredReply | undefined>;
  getReply(reply: ReplyKey): Promise<StoredReply | undefined>;
  /** Stores the text so far and extends the lease; false if this run has ended or was superseded. */
  extendLease(run: GenerationRun, content: string, leaseMs: number): Promise<boolean>;
  /** Ends the run; undefined if the reply was deleted or the run superseded. May be repeated. */
  finishReply(run: GenerationRun, end: GenerationEnd): Promise<Message | undefined>;
  /** Signals the server that generates the reply to stop. */
  requestCancel(run: GenerationRun): Promise<void>;

  /** Stores a chunk of a run's text, which begins at this position. May be repeated. */
  appendChunk(run: GenerationRun, position: number, chunk: string): Promise<void>;
  /** The text of a run that was appended from this position on. */
  chunksSince(run: GenerationRun, position: number): Promise<string>;
  deleteChunks(run: GenerationRun): Promise<void>;

  /** Resolves at the next change of a reply: at once in a store that has to be polled. */
  nextChange(reply: ReplyKey): Promise<void>;
}
