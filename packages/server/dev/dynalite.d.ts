/** dynalite 4 has no types of its own. */
declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** Without a `path` the data is stored in memory. */
  export default function dynalite(options: { path?: string; createTableMs?: number }): Server;
}
