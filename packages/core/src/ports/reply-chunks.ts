import type { Writing } from './replies.ts';

/** What is there of replies that are being written, for those who follow them on other servers. */
export interface Pieces {
  /** Keeps a piece, which begins at this place. May be repeated. */
  append(writing: Writing, place: number, piece: string): Promise<void>;
  /** What was appended from this place on. */
  since(writing: Writing, place: number): Promise<string>;
  /** Forgets all of a reply's pieces, once the reply is kept as a whole. */
  clear(writing: Writing): Promise<void>;
}
