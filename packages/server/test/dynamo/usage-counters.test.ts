import { describeUsageCounters } from '../../../core/test/ports/usage-counters-contract.ts';
import { dynamoUsageCounters } from '../../src/dynamo/usage-counters.ts';
import { onEveryEngine } from '../support/dynamo/dynamo-engines.ts';

onEveryEngine('DynamoDB', (client, table) => () => dynamoUsageCounters(client, table), describeUsageCounters);
