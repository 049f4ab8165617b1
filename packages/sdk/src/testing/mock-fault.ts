import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { OperationId } from '../http/operation.ts';

/**
 * What goes wrong with a call.
 *
 * @example
 * server.fault('sendMessage', { problem: 'bot-unavailable', retryAfterSeconds: 1 });
 * server.fault('*', { connection: 'reset', times: 2 });
 * server.fault('listMessages', { status: 502, body: '<h1>Bad gateway</h1>', headers: { 'content-type': 'text/html' } });
 * server.fault('resumeReply', { cutAfterBytes: 100 });
 */
export type MockFault = Transport & (ProblemFault | ConnectionFault | ForeignFault | CarriedOut);

/** A problem is answered, and the call is not carried out. */
interface ProblemFault extends Partial<Record<'connection' | 'status', undefined>> {
  readonly problem: ProblemCode;
  readonly retryAfterSeconds?: number | undefined;
}

/** There is no answer. */
interface ConnectionFault extends Partial<Record<'problem' | 'status', undefined>> {
  /** `refused`: the call does not arrive. `reset`: it is carried out, and its answer is lost. */
  readonly connection: 'refused' | 'reset';
}

/** Another server answers in the API's place, such as a proxy. */
interface ForeignFault extends Partial<Record<'problem' | 'connection', undefined>> {
  readonly status: number;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The call is carried out, and its answer travels badly. */
type CarriedOut = Partial<Record<'problem' | 'connection' | 'status', undefined>>;

/** How an answer travels. */
export interface Transport {
  /** How long the call waits before it is answered. */
  readonly delayMs?: number | undefined;
  /** The answer breaks off behind so many bytes of its body. */
  readonly cutAfterBytes?: number | undefined;
  /** The body comes in pieces of so many bytes, which cut characters and events in two. */
  readonly chunkBytes?: number | undefined;
  /** How many calls it happens to; one if left out. */
  readonly times?: number | undefined;
}

export type MockFaults = ReturnType<typeof mockFaults>;

interface Pending {
  operation: OperationId | '*';
  fault: MockFault;
  left: number;
}

/** The faults to come; of those that fit a call, the one that was told first happens to it. */
export function mockFaults() {
  let pending: Pending[] = [];
  return {
    add(operation: OperationId | '*', fault: MockFault): void {
      pending.push({ operation, fault, left: fault.times ?? 1 });
    },
    take(id: OperationId | undefined): MockFault | undefined {
      const found = pending.find(({ operation }) => operation === '*' || operation === id);
      if (!found) return undefined;
      found.left -= 1;
      pending = pending.filter(({ left }) => left > 0);
      return found.fault;
    },
    clear(): void {
      pending = [];
    },
  };
}
