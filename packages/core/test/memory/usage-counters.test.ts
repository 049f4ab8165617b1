import { memoryTable } from '../../src/memory/table.ts';
import { memoryUsageCounters } from '../../src/memory/usage-counters.ts';
import { describeUsageCounters } from '../ports/usage-counters-contract.ts';

const table = memoryTable();

describeUsageCounters('memory', async () => () => memoryUsageCounters(table));
