/** Loaded before a server: profiles it between two messages. */
import { type Profiler, Session } from 'node:inspector/promises';

const INTERVAL_MICROS = 200;

const session = new Session();
session.connect();

process.on('message', async (message) => {
  if (message === 'start-profile') {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROS });
    await session.post('Profiler.start');
    process.send?.('started');
  } else if (message === 'stop-profile') {
    const { profile } = await session.post('Profiler.stop');
    process.send?.(profile);
  }
});

export type Profile = Profiler.Profile;
