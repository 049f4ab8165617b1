import * as sdk from '@async-chatbot/sdk';
import { journey } from './journey.mjs';

console.log(JSON.stringify(await journey(sdk, process.argv[2])));
