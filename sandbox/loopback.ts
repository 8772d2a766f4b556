import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Everything in the sandbox listens here and nowhere else. */
export const LOOPBACK = '127.0.0.1';

export interface Listening extends AsyncDisposable {
  readonly port: number;
  /** Without a trailing slash. */
  readonly url: string;
}

/**
 * Serves `listener` on loopback. `port` 0 takes any free one; a port that is taken is replaced by a free one, which the
 * caller sees by comparing. Disposing closes open connections too, so that a long poll does not hold the process.
 */
export async function serve(listener: RequestListener, port = 0): Promise<Listening> {
  const server = createServer(listener);
  return listening(server, await listenOrElsewhere(server, port));
}

/** Takes any free loopback port for a server that somebody else made. */
export const serveWith = async (server: Server): Promise<Listening> => listening(server, await listen(server, 0));

const listening = (server: Server, port: number): Listening => ({
  port,
  url: `http://${LOOPBACK}:${port}`,
  [Symbol.asyncDispose]: () => close(server),
});

async function listenOrElsewhere(server: Server, port: number): Promise<number> {
  try {
    return await listen(server, port);
  } catch (error) {
    if (port === 0 || !isTaken(error)) throw error;
    return listen(server, 0);
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      // True for a server that listens on a host and port.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');

export const readBody = async (request: IncomingMessage): Promise<string> =>
  (await readBytes(request)).toString('utf8');

/** The whole body. The sandbox's requests are small, and 8 MB is more than any AWS request that it answers. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    // True for a request stream without an encoding.
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > 8_000_000) throw new Error('the request body is larger than 8 MB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => answer(response, status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
