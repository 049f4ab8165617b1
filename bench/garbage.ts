import type { GCProfilerResult } from 'node:v8';

export interface Garbage {
  allocatedBytes: number;
  /**
   * Bytes that collections of the young generation moved to the old one, not those allocated there. What belongs to finished
   * requests stays until a full collection, with everything it refers to.
   */
  promotedBytes: number;
  /** How long the collections stopped the program. */
  pauseMicros: number;
}

/** Sums up the garbage collections of a profile. Leaves out what was allocated before the first and after the last of them. */
export function garbageOf({ statistics }: GCProfilerResult): Garbage {
  const total: Garbage = { allocatedBytes: 0, promotedBytes: 0, pauseMicros: 0 };
  let usedBytes: number | undefined;
  for (const { gcType, cost, beforeGC, afterGC } of statistics) {
    const [before, after] = [beforeGC.heapStatistics.usedHeapSize, afterGC.heapStatistics.usedHeapSize];
    total.allocatedBytes += before - (usedBytes ?? before);
    usedBytes = after;
    total.pauseMicros += cost;
    if (gcType === 'Scavenge') total.promotedBytes += Math.max(0, oldBytesOf(afterGC) - oldBytesOf(beforeGC));
  }
  return total;
}

function oldBytesOf({ heapSpaceStatistics }: GCProfilerResult['statistics'][number]['beforeGC']): number {
  return heapSpaceStatistics
    .filter(({ spaceName }) => !spaceName.startsWith('new_'))
    .reduce((sum, { spaceUsedSize }) => sum + spaceUsedSize, 0);
}
