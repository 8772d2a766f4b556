import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { crc32 } from 'node:zlib';
import { readObject } from '../json-object.ts';
import { answer, type Listening, readBody, serve } from '../loopback.ts';
import type { Exchange } from './capacity.ts';

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ProxyDeps {
  /** Where the emulator listens. */
  readonly url: string;
  /** The error to answer instead, by its name: `ThrottlingException`. */
  readonly meet: (operation: string) => string | undefined;
  readonly onExchange: (exchange: Exchange) => void;
}

/** Stands before the DynamoDB emulator: lets requests through or throttles them, and tells what went by. */
export async function startProxy({ url, meet, onExchange }: ProxyDeps): Promise<Listening> {
  const agent = new Agent({ keepAlive: true });
  const underway = new Set<Promise<void>>();
  const server = await serve((incoming, response) => {
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const respond = async (): Promise<void> => {
      const body = await readBody(incoming);
      const error = meet(operation);
      const answered = error === undefined ? await forward(url, agent, incoming.headers, body) : throttled(error);
      const { status, headers } = answered;
      onExchange({ operation, input: readObject(body), status, output: readObject(answered.body) });
      answer(response, status, answered.body, headers);
    };
    // A client that went away, or an emulator that is being stopped: either way nobody waits for the answer.
    const work = respond()
      .catch(() => void response.destroy())
      .finally(() => underway.delete(work));
    underway.add(work);
  });
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      // The emulator throws beside everybody when it is stopped in the middle of a write.
      await Promise.all(underway);
      agent.destroy();
    },
  };
}

function forward(url: string, agent: Agent, headers: IncomingHttpHeaders, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      readBody(response).then((text) => {
        const { 'content-type': type = '', 'x-amz-crc32': crc = '', 'x-amzn-requestid': id = '' } = response.headers;
        const kept = { 'content-type': type, 'x-amz-crc32': String(crc), 'x-amzn-requestid': String(id) };
        resolve({ status: response.statusCode ?? 500, headers: kept, body: text });
      }, reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** Names as DynamoDB puts them into an error. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const TYPES: Readonly<Record<string, string>> = {
  ThrottlingException: 'com.amazon.coral.availability#ThrottlingException',
  ProvisionedThroughputExceededException: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
};

function throttled(error: string): Answered {
  const body = JSON.stringify({ __type: TYPES[error] ?? error, message: 'The sandbox was told to throttle.' });
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(body)) };
  return { status: 400, headers, body };
}
