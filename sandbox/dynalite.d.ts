/** The part of dynalite that the sandbox uses; the package carries no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** `createTableMs`: how long a new table says CREATING. */
  export default function dynalite(options: { readonly createTableMs: number }): Server;
}
