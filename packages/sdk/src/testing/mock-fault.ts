import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { OperationId } from '../http/operation.ts';

/**
 * A fault of a request: a problem, a connection error, the response of a proxy, or a slow or broken transfer.
 *
 * @example
 * server.fault('sendMessage', { problem: 'bot-unavailable', retryAfterSeconds: 1 });
 * server.fault('*', { connection: 'reset', times: 2 });
 * server.fault('listMessages', { status: 502, body: '<h1>Bad gateway</h1>', headers: { 'content-type': 'text/html' } });
 * server.fault('resumeReply', { cutAfterBytes: 100 });
 */
export type MockFault = Transport & (ProblemFault | ConnectionFault | ProxyFault | TransportFault);

/** The response is a problem, and the request is not handled. */
interface ProblemFault extends Partial<Record<'connection' | 'status', undefined>> {
  readonly problem: ProblemCode;
  /** Seconds in the `Retry-After` header; by default, a value that suits the problem. */
  readonly retryAfterSeconds?: number | undefined;
}

/** There is no response. */
interface ConnectionFault extends Partial<Record<'problem' | 'status', undefined>> {
  /** `refused`: the request does not arrive. `reset`: the request is handled, but its response is lost. */
  readonly connection: 'refused' | 'reset';
}

/** A proxy or another server responds instead of the API. The request is not handled. */
interface ProxyFault extends Partial<Record<'problem' | 'connection', undefined>> {
  readonly status: number;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The request is handled, and its response is delayed or broken. */
type TransportFault = Partial<Record<'problem' | 'connection' | 'status', undefined>>;

/** How a response is transferred. */
export interface Transport {
  /** Milliseconds before the request is handled. */
  readonly delayMs?: number | undefined;
  /** The connection breaks after this many bytes of the body. */
  readonly cutAfterBytes?: number | undefined;
  /** The body arrives in chunks of this many bytes, which split characters and events. */
  readonly chunkBytes?: number | undefined;
  /** How many requests the fault applies to; 1 by default. */
  readonly times?: number | undefined;
}

export type MockFaults = ReturnType<typeof mockFaults>;

interface PendingFault {
  operation: OperationId | '*';
  fault: MockFault;
  remaining: number;
}

/** Creates the queue of faults. A request takes the first fault that was added for its operation. */
export function mockFaults() {
  let pending: PendingFault[] = [];
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
