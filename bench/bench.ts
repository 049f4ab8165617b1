/** Measures our server against the least that Node can do, and against its own parts as they come. */
import { parseArgs } from 'node:util';
import { type Child, startChild } from './child.ts';
import { ENVIRONMENT, environmentOf } from './environment.ts';
import { type Load, loadsOf } from './loads.ts';
import { CONNECTIONS, measure } from './measure.ts';
import { machine, type Row, tableOf } from './report.ts';
import type { Usage } from './servers/listen.ts';
import { coldStarts } from './start.ts';

const MOST_MS = 5 * 60_000;

const { quick } = parseArgs({ options: { quick: { type: 'boolean' } } }).values;
/** Odd counts, for the medians' sake. */
const plan = quick
  ? { warmUpMs: 0, durationMs: 250, rounds: 1, starts: 1 }
  : { warmUpMs: 350, durationMs: 1100, rounds: 5, starts: 5 };

const giveUp = setTimeout(() => {
  throw new Error('The benchmark takes longer than its rounds can: a server hangs');
}, MOST_MS);

const aws = await startChild('aws', ENVIRONMENT);
const environment = environmentOf(aws);
const startLines = await coldStarts(environment, plan.starts);

const byHand = await startChild('node-http', environment);
const byHandDynamo = await startChild('node-http-dynamo', environment);
const stock = await startChild('express-stock', environment);
const canned = await startChild('app-in-memory', environment);
const ours = await startChild('app', environment);
const idle = await ours.usage();

const rows = loadsOf(aws.accessToken ?? '').flatMap(rowsOf);
if (!quick) for (const { server, load } of rows) await measure(server, load, plan.warmUpMs);
for (let round = 0; round < plan.rounds; round++) {
  for (const { server, load, rounds } of shuffled(rows)) rounds.push(await measure(server, load, plan.durationMs));
}
const loaded = await ours.usage();
clearTimeout(giveUp);
for (const child of [aws, byHand, byHandDynamo, stock, canned, ours]) child.stop();

console.log(`${machine()}; ${CONNECTIONS} connections, medians of ${plan.rounds} shuffled rounds

${tableOf(rows)}

${startLines.join('\n')}
Memory of ours, from its sources: ${megabytes(idle)} idle, ${megabytes(loaded)} after load`);

/** Each server is held against the one by hand that has the same to do. */
function rowsOf(load: Load): Row[] {
  const limit = rowOf('node:http by hand, canned', byHand);
  const dynamoLimit = load.stored ? rowOf('node:http by hand, DynamoDB', byHandDynamo) : limit;
  return [
    limit,
    ...(load.stored ? [dynamoLimit] : []),
    rowOf('Express, openapi-backend, canned', stock, limit),
    rowOf('ours, canned', canned, limit),
    rowOf('ours, Cognito and DynamoDB', ours, dynamoLimit),
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
