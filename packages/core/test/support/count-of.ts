/** How many of these concurrent calls had this outcome. */
export const countOf = async (
  calls: Promise<unknown>[],
  isCounted: (outcome: unknown) => boolean = Boolean,
): Promise<number> => (await Promise.all(calls)).filter(isCounted).length;
