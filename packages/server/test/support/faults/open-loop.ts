import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What became of the requests. Times are in milliseconds. */
export interface Outcome {
  /** How long each accepted request took. */
  accepted: number[];
  refused: number[];
  /** Refusals without `Retry-After`, and connections that broke. */
  faulty: number;
}

const TICK_MS = 5;

/** More than are in use at a time: 3 times the capacity, of up to 3000 per second, waits for at most 0.3 s. */
export const CONNECTIONS = 4000;

interface Load {
  url: string;
  cookies: string[];
  /** Called with the body of each 201. */
  onAccepted: (body: string) => void;
}

/** Sends messages of these sessions in turn, as from a load balancer, whose connections stay open. */
export function openLoop({ url, cookies, onAccepted }: Load) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
  let sent = 0;

  function send(outcome: Outcome): Promise<void> {
    const startedAt = performance.now();
    const cookie = cookies[sent++ % cookies.length] ?? '';
    return new Promise((resolve) => {
      const headers = { cookie, 'content-type': 'application/json' };
      const request = http.request(url, { method: 'POST', headers, agent }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => (body += text));
        response.once('end', () => {
          const isAccepted = response.statusCode === 201;
          (isAccepted ? outcome.accepted : outcome.refused).push(performance.now() - startedAt);
          if (isAccepted) onAccepted(body);
          else if (response.statusCode !== 503 || !response.headers['retry-after']) outcome.faulty += 1;
          resolve();
        });
      });
      request.once('error', () => {
        outcome.faulty += 1;
        resolve();
      });
      request.end(JSON.stringify({ content: `canary ${crypto.randomUUID()}` }));
    });
  }

  const newOutcome = (): Outcome => ({ accepted: [], refused: [], faulty: 0 });

  return {
    /** Sends on connections that never pause. */
    async saturate(connections: number, forMs: number): Promise<Outcome> {
      const outcome = newOutcome();
      const end = performance.now() + forMs;
      const run = async () => {
        while (performance.now() < end) await send(outcome);
      };
      await Promise.all(Array.from({ length: connections }, run));
      return outcome;
    },

    /** Sends at a fixed rate, whether or not there are responses. */
    async flood(perSecond: number, forMs: number): Promise<Outcome> {
      const outcome = newOutcome();
      const pending: Promise<void>[] = [];
      const startedAt = performance.now();
      for (let elapsedMs = 0; elapsedMs < forMs; elapsedMs = performance.now() - startedAt) {
        while (pending.length < (elapsedMs * perSecond) / 1000) pending.push(send(outcome));
        await sleep(TICK_MS);
      }
      await Promise.all(pending);
      return outcome;
    },

    close: () => agent.destroy(),
  };
}
