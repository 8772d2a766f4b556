import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Loopback {
  /** Ends in a slash. */
  readonly url: string;
  /** What arrived, in order. */
  readonly received: readonly ReceivedRequest[];
  readonly close: () => void;
}

export type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that reads each request whole and then lets `respond` answer it, or not. */
export async function startLoopback(respond: Respond): Promise<Loopback> {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      received.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(text) as unknown });
      respond(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // True because the server listens on a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers every request alike. */
export const answering =
  (code: number, text: string, headers: Readonly<Record<string, string>> = {}): Respond =>
  (_request, response) => {
    response.writeHead(code, headers).end(text);
  };

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}
