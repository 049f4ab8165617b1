import type { Problem } from '@async-chatbot/shared/problem';
import type { Message } from '../ports/message.ts';

/** How far a reply is. */
export interface Progress {
  /** Which writing of the reply it is. */
  run: number;
  /** All that the reply says by now. */
  text: string;
  /** Once nothing more comes: the reply as it is kept, or that it was deleted meanwhile. */
  end?: Message | 'deleted' | undefined;
  /** Why a reply failed. */
  problem?: Problem | undefined;
}

/** What has been kept by now, again and again; ends with an end. */
export type Watch = () => AsyncIterable<Progress>;

/** Watches a reply that has ended already. */
export const watchEnded = (end: Message, run: number): Watch =>
  async function* watch() {
    yield { run, text: end.content, end };
  };
