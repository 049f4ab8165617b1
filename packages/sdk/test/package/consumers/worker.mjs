import { report } from './page.mjs';

postMessage(await report);
