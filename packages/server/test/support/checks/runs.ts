/** How often a random test repeats: `few` times in `pnpm test`, `many` times in `pnpm test:long`. */
export const runs = (few: number, many: number): number => (process.env.TEST_LONG ? many : few);
