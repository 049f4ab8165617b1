/** The clients for DynamoDB, which must behave alike. The first is the default. */
export const CLIENTS = ['fast', 'sdk'] as const;

export type ClientName = (typeof CLIENTS)[number];
