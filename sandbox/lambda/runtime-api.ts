import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { readObject, wordOf } from '../json-object.ts';
import { answer, answerJson, readBody, serve } from '../loopback.ts';
import { type Failure, failed, type InvokeOutcome } from './outcome.ts';

/** One event on its way to the function. */
interface Invocation {
  readonly event: unknown;
  readonly functionArn: string;
  /** When the function is killed, in milliseconds since 1970 on the clock that it follows. */
  readonly deadline: number;
}

export interface RuntimeApi extends AsyncDisposable {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Settles when the runtime asks for its first event, or reports that it could not start. */
  readonly initialised: Promise<Failure | undefined>;
  /** Hands the event to the runtime when it asks for the next one. One at a time. */
  readonly invoke: (invocation: Invocation) => Promise<InvokeOutcome>;
}

interface Pending {
  readonly id: string;
  readonly invocation: Invocation;
  readonly settle: (outcome: InvokeOutcome) => void;
}

/**
 * The side of Lambda that a runtime talks to, for one execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const initialised = Promise.withResolvers<Failure | undefined>();
  let waiting: ServerResponse | undefined;
  let pending: Pending | undefined;
  let handedOut = false;

  const handOut = (): void => {
    if (waiting === undefined || pending === undefined || handedOut) return;
    handedOut = true;
    answerJson(waiting, 200, pending.invocation.event, headersOf(pending));
    waiting = undefined;
  };
  const settle = (id: string | undefined, outcome: InvokeOutcome): boolean => {
    if (pending === undefined || pending.id !== id) return false;
    pending.settle(outcome);
    pending = undefined;
    return true;
  };

  const server = await serve((request, response) => {
    const [, , , resource, id, verb] = new URL(request.url ?? '/', 'http://runtime').pathname.split('/');
    if (request.method === 'GET' && resource === 'invocation' && id === 'next') {
      waiting = response;
      initialised.resolve(undefined);
      handOut();
      return;
    }
    void readBody(request).then((body) => {
      const isKnown = resource === 'init' ? reportInit(body) : settle(id, outcomeOf(verb, body));
      answer(response, isKnown ? 202 : 400, '');
    });
  });
  const reportInit = (body: string): true => {
    initialised.resolve(failureOf('init-failed', body));
    return true;
  };

  return {
    address: new URL(server.url).host,
    initialised: initialised.promise,
    invoke: (invocation) =>
      new Promise((resolve) => {
        pending = { id: randomUUID(), invocation, settle: resolve };
        handedOut = false;
        handOut();
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const headersOf = ({ id, invocation }: Pending): Record<string, string> => ({
  'lambda-runtime-aws-request-id': id,
  'lambda-runtime-deadline-ms': String(invocation.deadline),
  'lambda-runtime-invoked-function-arn': invocation.functionArn,
  'lambda-runtime-trace-id': `Root=1-00000000-${id.replaceAll('-', '').slice(0, 24)};Sampled=0`,
});

function outcomeOf(verb: string | undefined, body: string): InvokeOutcome {
  if (verb === 'error') return failureOf('thrown', body);
  // A handler that returns nothing answers an empty body.
  return { status: 'returned', payload: body === '' ? undefined : JSON.parse(body) };
}

function failureOf(cause: Failure['cause'], body: string): Failure {
  const { errorType, errorMessage } = readObject(body);
  return failed(cause, wordOf(errorType, 'Error'), wordOf(errorMessage, 'no message'));
}
