import type { Child } from './child.ts';
import { median, shuffled } from './figures.ts';
import type { Load } from './loads.ts';
import { type Measurement, measure } from './measure.ts';
import type { ServerName, Stub } from './servers.ts';

/** One server under one load. */
export interface Cell {
  server: ServerName;
  load: Load;
  connections: number;
  /** How long DynamoDB takes. */
  delayMs: number;
  rounds: Measurement[];
}

export interface Plan {
  rounds: number;
  rampMs: number;
  durationMs: number;
}

export interface Scenario {
  loads: readonly Load[];
  connections: readonly number[];
  delayMs: number;
  plan: Plan;
}

/**
 * Measures all servers in all scenarios. A round measures the servers under one load one after another, in a random order, so that
 * other work on the machine affects all of them.
 */
export async function compare<Name extends ServerName>(
  stub: Stub,
  servers: Record<Name, Child>,
  scenarios: readonly Scenario[],
): Promise<Cell[]> {
  const names = Object.keys(servers) as Name[];
  const groups = scenarios.flatMap(({ loads, connections, delayMs, plan }) =>
    loads.flatMap((load) =>
      connections.map((count) => ({
        plan,
        delayMs,
        cells: names.map((server) => ({
          server,
          load,
          connections: count,
          delayMs,
          rounds: [] as Measurement[],
        })),
      })),
    ),
  );
  const lastRound = Math.max(...scenarios.map(({ plan }) => plan.rounds));
  for (let round = 0; round < lastRound; round += 1) {
    for (const { plan, delayMs, cells } of shuffled(groups.filter((group) => round < group.plan.rounds))) {
      await stub.delay(delayMs);
      for (const { server, load, connections, rounds } of shuffled(cells)) {
        const traffic = { ...plan, connections, accessTokens: stub.accessTokens };
        rounds.push(await measure(servers[server], load, traffic));
      }
    }
  }
  await stub.delay(0);
  return groups.flatMap(({ cells }) => cells);
}

/** Sends every load to every server, so that the code is compiled before the measurement. */
export async function warmUp(
  stub: Stub,
  servers: Record<string, Child>,
  loads: readonly Load[],
  durationMs: number,
): Promise<void> {
  const traffic = { connections: 32, rampMs: 100, durationMs, accessTokens: stub.accessTokens };
  for (const server of Object.values(servers)) {
    for (const load of loads) await measure(server, load, traffic);
  }
}

export const medianOf = ({ rounds }: Cell, name: keyof Measurement): number =>
  median(rounds.map((round) => round[name]));
