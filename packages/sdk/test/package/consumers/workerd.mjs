import * as sdk from '@async-chatbot/sdk';
import { journey } from './journey.mjs';

// biome-ignore lint/style/noDefaultExport: workerd requires a default export.
export default {
  async fetch(request) {
    return Response.json(await journey(sdk, new URL(request.url).searchParams.get('baseUrl')));
  },
};
