declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB in memory, not yet listening. Tables take `createTableMs` to become active. */
  export default function dynalite(options?: { readonly createTableMs?: number }): Server;
}
