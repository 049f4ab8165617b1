import type { Cell } from './compare.ts';
import { loadsIn, ratioOf } from './comparison-tables.ts';
import { RATIO_GOALS } from './goals.ts';
import { SERVERS } from './servers.ts';

/** A figure that must not exceed a limit. */
export interface Check {
  title: string;
  found: number;
  limit: number;
}

/** The ratios of this server, each with its goal times the margin as its limit. */
export const ratioChecks = (cells: readonly Cell[], margin = 1): Check[] =>
  loadsIn(cells).flatMap((load) =>
    (['baseline', 'fastify'] as const).flatMap((other) => {
      const goal = RATIO_GOALS[load][other];
      const found = ratioOf(cells, load, 'fast', other);
      return goal === undefined || Number.isNaN(found)
        ? []
        : { title: `CPU time of ${load} ÷ ${SERVERS[other].title}`, found, limit: goal * margin };
    }),
  );

export const isMet = ({ found, limit }: Check): boolean => found <= limit;
