/** dynalite 4 has no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** Stores its data in memory if there is no `path`. */
  export default function dynalite(options: { path?: string; createTableMs?: number }): Server;
}
