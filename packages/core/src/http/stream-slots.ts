import { Problem } from '@async-chatbot/shared/problem';
import { slotHeaders, slots } from '../slots.ts';

/** Concurrent streams per user and server. */
const MAX_STREAMS = 3;

/** Takes a stream slot for a user until the signal is aborted. Throws `too-many-streams`. */
type StreamSlots = (userId: string, signal: AbortSignal) => void;

export function streamSlots(max = MAX_STREAMS): StreamSlots {
  const { take } = slots({ perUser: max });

  return function takeStream(userId, signal) {
    // The client may have left already.
    if (signal.aborted) return;
    const free = take(userId);
    if (typeof free === 'function') return signal.addEventListener('abort', free, { once: true });
    throw new Problem('too-many-streams', { headers: slotHeaders('streams', max) });
  };
}
