import type { UsageCounters, UsageCounts } from '../ports/usage-counters.ts';
import type { MemoryTable } from './table.ts';

export function memoryUsageCounters(table: MemoryTable): UsageCounters {
  const keyOf = ({ name }: { name: string }) => `U#${name}`;
  const NAMES = ['messages', 'tokens'] as const;

  const sum = (before: UsageCounts, counts: UsageCounts): UsageCounts => ({
    ...before,
    ...Object.fromEntries(
      NAMES.flatMap((name) => (counts[name] === undefined ? [] : [[name, (before[name] ?? 0) + counts[name]]])),
    ),
  });

  return {
    read: async (userId, day) => ({ ...table.get<UsageCounts>(userId, keyOf(day)) }),

    async add(userId, day, counts, limits) {
      const after = sum(table.get<UsageCounts>(userId, keyOf(day)) ?? {}, counts);
      if (NAMES.some((name) => (after[name] ?? 0) > (limits[name] ?? Number.POSITIVE_INFINITY))) return undefined;
      table.put(userId, keyOf(day), after);
      return { ...after };
    },

    async correct(userId, day, counts) {
      const before = table.get<UsageCounts>(userId, keyOf(day));
      if (before) table.put(userId, keyOf(day), sum(before, counts));
    },
  };
}
