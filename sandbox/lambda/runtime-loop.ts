/**
 * A runtime in a page, for machines where Lambda's own does not install. Started as a program of its own:
 * `AWS_LAMBDA_RUNTIME_API`, `LAMBDA_TASK_ROOT` and `_HANDLER` say where to ask and what to call.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
 */
import { join } from 'node:path';
import { env } from 'node:process';
import { pathToFileURL } from 'node:url';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const api = `http://${env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime`;

const post = (path: string, body: unknown): Promise<unknown> =>
  fetch(`${api}/${path}`, { method: 'POST', body: body === undefined ? '' : JSON.stringify(body) });

const described = (error: unknown): object =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] }
    : { errorType: 'Error', errorMessage: String(error), trace: [] };

async function loadHandler(): Promise<Handler> {
  const [file = '', name = ''] = (env['_HANDLER'] ?? '').split('.');
  // The shape of any module; what is not a function is refused below.
  const module = (await import(pathToFileURL(join(env['LAMBDA_TASK_ROOT'] ?? '', `${file}.mjs`)).href)) as Record<
    string,
    unknown
  >;
  const handler = module[name];
  if (typeof handler !== 'function') throw new Error(`${file}.${name} is undefined or not exported`);
  // True for what Lambda accepts as a handler; anything else fails when it is called.
  return handler as Handler;
}

async function runNext(handler: Handler): Promise<void> {
  const response = await fetch(`${api}/invocation/next`);
  const event: unknown = await response.json();
  const id = response.headers.get('lambda-runtime-aws-request-id') ?? '';
  const deadline = Number(response.headers.get('lambda-runtime-deadline-ms'));
  try {
    const payload = await handler(event, {
      awsRequestId: id,
      functionName: env['AWS_LAMBDA_FUNCTION_NAME'],
      functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'],
      invokedFunctionArn: response.headers.get('lambda-runtime-invoked-function-arn'),
      memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
      logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'],
      logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'],
      getRemainingTimeInMillis: () => deadline - Date.now(),
    });
    await post(`invocation/${id}/response`, payload);
  } catch (error) {
    await post(`invocation/${id}/error`, described(error));
  }
}

const handler = await loadHandler().catch(async (error: unknown) => {
  await post('init/error', described(error));
  process.exit(1);
});
for (;;) await runNext(handler);
