import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { OperationId } from '../http/operation.ts';

/**
 * How a request fails.
 *
 * @example
 * server.fault('sendMessage', { problem: 'bot-unavailable', retryAfterSeconds: 1 });
 * server.fault('*', { connection: 'reset', times: 2 });
 * server.fault('listMessages', { status: 502, body: '<h1>Bad gateway</h1>', headers: { 'content-type': 'text/html' } });
 * server.fault('resumeReply', { cutAfterBytes: 100 });
 */
export type MockFault = Transport & (ProblemFault | ConnectionFault | ForeignFault | CarriedOut);

/** The response is a problem, and the request is not carried out. */
interface ProblemFault extends Partial<Record<'connection' | 'status', undefined>> {
  readonly problem: ProblemCode;
  readonly retryAfterSeconds?: number | undefined;
}

/** There is no response. */
interface ConnectionFault extends Partial<Record<'problem' | 'status', undefined>> {
  /** `refused`: the request does not arrive. `reset`: it is carried out, and its response is lost. */
  readonly connection: 'refused' | 'reset';
}

/** Another server responds in place of the API, such as a proxy. */
interface ForeignFault extends Partial<Record<'problem' | 'connection', undefined>> {
  readonly status: number;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The request is carried out, and its response is delayed or broken. */
type CarriedOut = Partial<Record<'problem' | 'connection' | 'status', undefined>>;

/** How a response is transferred. */
export interface Transport {
  /** How long the request waits before it is handled. */
  readonly delayMs?: number | undefined;
  /** The response breaks off after so many bytes of its body. */
  readonly cutAfterBytes?: number | undefined;
  /** The body arrives in chunks of so many bytes, which split characters and events. */
  readonly chunkBytes?: number | undefined;
  /** How many requests the fault applies to; 1 by default. */
  readonly times?: number | undefined;
}

export type MockFaults = ReturnType<typeof mockFaults>;

interface Pending {
  operation: OperationId | '*';
  fault: MockFault;
  remaining: number;
}

/** The faults to come; a request gets the first one that was added for its operation. */
export function mockFaults() {
  let pending: Pending[] = [];
  return {
    add(operation: OperationId | '*', fault: MockFault): void {
      pending.push({ operation, fault, remaining: fault.times ?? 1 });
    },
    take(id: OperationId | undefined): MockFault | undefined {
      const found = pending.find(({ operation }) => operation === '*' || operation === id);
      if (!found) return undefined;
      found.remaining -= 1;
      pending = pending.filter(({ remaining }) => remaining > 0);
      return found.fault;
    },
    clear(): void {
      pending = [];
    },
  };
}
