import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { ConversationKey, Message } from './message.ts';

/** The ids and time of a turn, fixed in advance so that a retry creates the same turn. */
export interface TurnIds {
  id_message: string;
  id_reply: string;
  timestamp: string;
}

/** A taken idempotency key and its turn. */
export interface TakenKey extends TurnIds {
  /** The id of the key's record, which the messages of the turn carry. */
  record: string;
  /** Whether this request took the key. */
  isOwn: boolean;
  isSameRequest: boolean;
  /** Whether the message has been deleted since. */
  isDeleted: boolean;
  /** When the key was taken, in milliseconds since the epoch. */
  takenAtMs: number;
}

/** A conversation, and the id of the generation that holds its lock. */
export interface LockKey {
  conversation: ConversationKey;
  holder: string;
}

export interface ReplyKey {
  conversation: ConversationKey;
  id_reply: string;
}

/** One generation of a reply. `run` is the version of the reply at its start, so it is unique within the reply. */
export interface GenerationRun extends ReplyKey {
  run: number;
}

/** A reply as stored. */
export interface StoredReply {
  message: Message;
  run: number;
  /** Whether the user has cancelled this run. */
  isCancelled: boolean;
  /** Why the reply failed. */
  problem?: ProblemCode | undefined;
}

/** A part of a run's text, with its position (in UTF-16 code units). */
export interface ReplyChunk {
  run: GenerationRun;
  position: number;
  text: string;
}

/** How a generation ended. */
export interface GenerationEnd extends Pick<Message, 'content' | 'finish_reason'> {
  status: NonNullable<Message['status']>;
  problem?: ProblemCode | undefined;
}

/** Idempotency keys, conversation locks, replies in progress and their chunks. */
export interface TurnStore {
  /** Takes a user's key for a turn, for 24 hours. If the key is taken, returns the turn it was taken for. */
  takeKey(userId: string, key: string, request: string, turn: TurnIds): Promise<TakenKey>;
  /** Takes over a key whose turn was never created. False if another request was first. */
  takeOverKey(userId: string, taken: TakenKey): Promise<boolean>;
  /** Releases a key whose turn was not created. */
  releaseKey(userId: string, taken: TakenKey): Promise<void>;

  /** Locks a conversation. False if another holder has the lock. May be repeated to extend the lease. */
  lock(lock: LockKey, leaseMs: number): Promise<boolean>;
  /** Does nothing if another holder has the lock. */
  unlock(lock: LockKey): Promise<void>;

  /**
   * Stores the messages of a new turn, a reply in progress with its lease. After an error, some may be stored; repeat with
   * the same messages until all are.
   */
  create(messages: readonly Message[], by: { leaseMs: number; keyRecord?: string | undefined }): Promise<void>;
  /** Deletes the messages of a turn whose conversation does not exist. Idempotent. */
  discard(messages: readonly Message[]): Promise<void>;
  /** Starts a new run of a reply, which need not exist yet. Undefined if a generation is in progress. */
  claimReply(
    reply: ReplyKey & { reply_to: string; timestamp: string },
    leaseMs: number,
  ): Promise<StoredReply | undefined>;
  /** Also finds user messages, whose `run` has no meaning. */
  getReply(reply: ReplyKey): Promise<StoredReply | undefined>;
  /** Stores the text so far and extends the lease. False if the run has ended or was superseded. */
  extendLease(run: GenerationRun, content: string, leaseMs: number): Promise<boolean>;
  /** Ends the run. Undefined if the reply was deleted or the run superseded. Idempotent. */
  finishReply(run: GenerationRun, end: GenerationEnd): Promise<Message | undefined>;
  /** Returns the runs that were cancelled, superseded or deleted. */
  endedRuns(runs: readonly GenerationRun[]): Promise<GenerationRun[]>;
  /** Asks the generating server to stop. */
  requestCancel(run: GenerationRun): Promise<void>;

  /** Stores chunks of several runs, and resolves to those that were stored; the others may be repeated. Idempotent. */
  appendChunks(chunks: readonly ReplyChunk[]): Promise<ReplyChunk[]>;
  /** The text of the chunks that start at or after this position. */
  chunksSince(run: GenerationRun, position: number): Promise<string>;
  deleteChunks(run: GenerationRun): Promise<void>;

  /** Resolves at the next change of a reply; at once in a store that must be polled. */
  nextChange(reply: ReplyKey): Promise<void>;
}
