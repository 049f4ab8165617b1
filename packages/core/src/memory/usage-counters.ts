import type { UsageCounters, UsageCounts } from '../ports/usage-counters.ts';
import type { MemoryTable } from './table.ts';

const NAMES = ['messages', 'tokens'] as const;

export function memoryUsageCounters({ usage }: MemoryTable): UsageCounters {
  return {
    read: async (userId, { name: day }) => usage.get(userId, day) ?? {},

    async add(userId, { name: day }, counts, limits) {
      const sum = sumOf(usage.get(userId, day) ?? {}, counts);
      if (NAMES.some((name) => (sum[name] ?? 0) > (limits[name] ?? Number.POSITIVE_INFINITY))) return undefined;
      usage.set(userId, day, sum);
      return sum;
    },

    async correct(userId, { name: day }, counts) {
      const before = usage.get(userId, day);
      if (before) usage.set(userId, day, sumOf(before, counts));
    },
  };
}

function sumOf(before: UsageCounts, counts: UsageCounts): UsageCounts {
  const sum = { ...before };
  for (const name of NAMES) if (counts[name] !== undefined) sum[name] = (before[name] ?? 0) + counts[name];
  return sum;
}
