/** Compares the server with minimal `node:http` servers and with a stock combination of its frameworks. */
import { parseArgs } from 'node:util';
import { type Child, startChild } from './child.ts';
import { ENVIRONMENT, environmentOf } from './environment.ts';
import { type Load, loadsOf } from './loads.ts';
import { CONNECTIONS, measure } from './measure.ts';
import { machine, type Row, tableOf } from './report.ts';
import type { Usage } from './servers/listen.ts';
import { coldStarts } from './start.ts';

const MAX_RUN_MS = 5 * 60_000;

const { quick } = parseArgs({ options: { quick: { type: 'boolean' } } }).values;
/** Odd counts, so that the median is a measured value. */
const plan = quick
  ? { warmUpMs: 0, durationMs: 250, rounds: 1, starts: 1 }
  : { warmUpMs: 350, durationMs: 1100, rounds: 5, starts: 5 };

const watchdog = setTimeout(() => {
  throw new Error('The benchmark timed out: a server hangs');
}, MAX_RUN_MS);

const aws = await startChild('aws', ENVIRONMENT);
const environment = environmentOf(aws);
const startLines = await coldStarts(environment, plan.starts);

const byHand = await startChild('node-http', environment);
const byHandDynamo = await startChild('node-http-dynamo', environment);
const stock = await startChild('express-stock', environment);
const canned = await startChild('app-in-memory', environment);
const complete = await startChild('app', environment);
const idle = await complete.usage();

const rows = loadsOf(aws.accessToken ?? '').flatMap(rowsOf);
if (!quick) for (const { server, load } of rows) await measure(server, load, plan.warmUpMs);
for (let round = 0; round < plan.rounds; round++) {
  for (const { server, load, rounds } of shuffled(rows)) rounds.push(await measure(server, load, plan.durationMs));
}
const loaded = await complete.usage();
clearTimeout(watchdog);
for (const child of [aws, byHand, byHandDynamo, stock, canned, complete]) child.stop();

console.log(`${machine()}; ${CONNECTIONS} connections, medians of ${plan.rounds} shuffled rounds

${tableOf(rows)}

${startLines.join('\n')}
Memory of the server, from its sources: ${megabytes(idle)} idle, ${megabytes(loaded)} after load`);

/** Creates the rows of a load. Each server is compared with the minimal server that does the same work. */
function rowsOf(load: Load): Row[] {
  const limit = rowOf('node:http, canned', byHand);
  const dynamoLimit = load.stored ? rowOf('node:http, DynamoDB', byHandDynamo) : limit;
  return [
    limit,
    ...(load.stored ? [dynamoLimit] : []),
    rowOf('Express and openapi-backend, canned', stock, limit),
    rowOf('this server, canned', canned, limit),
    rowOf('this server, Cognito and DynamoDB', complete, dynamoLimit),
  ];

  function rowOf(title: string, server: Child, limit?: Row): Row {
    return { load, title, server, limit, rounds: [] };
  }
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function megabytes({ residentBytes }: Usage): string {
  return `${Math.round(residentBytes / 1_000_000)} MB`;
}
