/** Loaded before a server: profiles its CPU time and its garbage collections between two messages. */
import { type Profiler, Session } from 'node:inspector/promises';
import { GCProfiler, type GCProfilerResult } from 'node:v8';

const INTERVAL_MICROS = 200;

const session = new Session();
session.connect();
const garbage = new GCProfiler();

process.on('message', async (message) => {
  if (message === 'start-profile') {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROS });
    await session.post('Profiler.start');
    garbage.start();
    process.send?.('started');
  } else if (message === 'stop-profile') {
    const { profile } = await session.post('Profiler.stop');
    process.send?.({ cpu: profile, garbage: garbage.stop() } satisfies Profiles);
  }
});

export interface Profiles {
  cpu: Profiler.Profile;
  garbage: GCProfilerResult;
}
