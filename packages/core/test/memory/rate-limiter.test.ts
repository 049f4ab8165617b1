import { memoryRateLimiter } from '../../src/memory/rate-limiter.ts';
import { PER_MINUTE } from '../ports/rate-limit-samples.ts';
import { describeRateLimiter } from '../ports/rate-limiter-contract.ts';

const limiter = memoryRateLimiter(PER_MINUTE, () => new Date());

describeRateLimiter('memoryRateLimiter', () => limiter);
