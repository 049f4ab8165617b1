export const NDJSON = 'application/x-ndjson';
export const EVENT_STREAM = 'text/event-stream';
