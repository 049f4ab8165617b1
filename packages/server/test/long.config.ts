import { defineConfig, mergeConfig } from 'vitest/config';
import config from '../vitest.config.ts';

/** For random tests, with many more cases than in `pnpm test`. */
export default mergeConfig(config, defineConfig({ test: { reporters: 'verbose', env: { TEST_LONG: 'true' } } }));
