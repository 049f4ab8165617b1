/** The number of cases of a slow test: `few` in `pnpm test`, `many` in `pnpm test:long`. */
export const runs = (few: number, many: number): number => (process.env.TEST_LONG ? many : few);
