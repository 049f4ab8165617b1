/** All passwords, addresses and texts of the tests contain this word, so that one search finds a leak. */
export const CANARY = 'canary';

const SECRETS = [new RegExp(CANARY, 'i'), /eyJ[\w-]{8,}/];

/** The log lines that contain a canary or a token. */
export const leaksIn = (log: string): string[] =>
  log.split('\n').filter((line) => SECRETS.some((secret) => secret.test(line)));
