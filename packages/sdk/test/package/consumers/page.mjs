import * as sdk from '@async-chatbot/sdk';
import { journey } from './journey.mjs';

export const report = journey(sdk, '/');
