/**
 * What the Slack endpoint weighs, and how long a click waits when it meets a cold start: INIT and the first answer, against
 * an empty handler under the same runtime.
 *
 *     node scripts/build.ts && node scripts/bench-endpoint.ts [--rounds N] [--bundle FOLDER]
 *
 * The two start in turns, so that what else the machine does meets both; times are medians. AWS is a stub on loopback: a
 * real cold start adds a TLS handshake for each of the three services.
 */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type FunctionSpec, startEnvironment } from '../sandbox/lambda/environment.ts';
import { chooseRuntime } from '../sandbox/lambda/runtime.ts';
import { answer, readBody, serve } from '../sandbox/loopback.ts';

/** KB, all files. */
const BUDGET = 120;
/** Times what the empty handler takes. */
const PATIENCE = 3;

const SECRET = 'the-signing-secret-of-a-bench';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    bundle: { type: 'string', default: 'dist/functions/slack-endpoint' },
  },
});
const runtime = chooseRuntime();

async function run(): Promise<number> {
  const kilobytes = weigh(values.bundle);
  await using aws = await serve((request, response) => void answerAws(request, response));
  const emptyRoot = mkdtempSync(join(tmpdir(), 'empty-handler-'));
  writeFileSync(join(emptyRoot, 'index.mjs'), "export const handler = async () => ({ statusCode: 200, body: '' });\n");
  const empty = specOf(emptyRoot, {});
  const endpoint = specOf(resolve(values.bundle), environmentOf(aws.url));
  const times = { empty: [] as number[], endpoint: [] as number[] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    times.empty.push(await coldStart(empty));
    times.endpoint.push(await coldStart(endpoint));
  }
  rmSync(emptyRoot, { recursive: true });
  const ratio = median(times.endpoint.map((time, round) => time / (times.empty[round] ?? time)));
  console.log(`runtime        ${runtime.description}`);
  console.log(`bundle         ${kilobytes.plain} KB, ${kilobytes.gzip} KB compressed (at most ${BUDGET} KB)`);
  console.log(`empty handler  ${median(times.empty).toFixed(0)} ms for INIT and the first answer`);
  console.log(`slack-endpoint ${median(times.endpoint).toFixed(0)} ms with three calls of AWS`);
  console.log(`ratio          ${ratio.toFixed(2)} (at most ${PATIENCE})`);
  return kilobytes.plain <= BUDGET && ratio <= PATIENCE ? 0 : 1;
}

/** Milliseconds from the start of the process to the answer of its first invocation. @throws unless that is a 200 */
async function coldStart(spec: FunctionSpec): Promise<number> {
  const began = performance.now();
  await using environment = await startEnvironment(spec, { runtime, onLine: () => undefined });
  const outcome = await environment.invoke(aClick());
  const took = performance.now() - began;
  const said = JSON.stringify(outcome);
  if (!said.includes('"statusCode":200')) throw new Error(`${spec.name} answered ${said}`);
  return took;
}

const specOf = (taskRoot: string, environment: Readonly<Record<string, string>>): FunctionSpec => ({
  name: taskRoot,
  arn: `arn:aws:lambda:eu-west-1:111122223333:function:${taskRoot.split('/').at(-1)}`,
  taskRoot,
  handler: 'index.handler',
  timeout: 10_000,
  memory: 512,
  environment,
});

const environmentOf = (url: string): Readonly<Record<string, string>> => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SESSION_TOKEN: 'bench',
  AWS_ENDPOINT_URL: url,
  TABLE_NAME: 'records',
  WORKER_FUNCTION: 'worker',
  SLACK_SIGNING_SECRET_PARAMETER: '/slackwater/slack-signing-secret',
  SLACK_CREDENTIAL_PARAMETER: '/slackwater/slack',
});

async function answerAws(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await readBody(request);
  if (request.url !== '/') return answer(response, 202, '');
  const isSecret = String(request.headers['x-amz-target']).endsWith('.GetParameter');
  return answer(response, 200, isSecret ? JSON.stringify({ Parameter: { Value: SECRET } }) : '{}');
}

/** A click on a button, signed now. */
function aClick(): object {
  const payload = {
    type: 'block_actions',
    user: { id: 'U0ADA', team_id: 'T0HARBOR' },
    team: { id: 'T0HARBOR' },
    actions: [{ action_id: 'acknowledge', type: 'button', value: 'nonce' }],
  };
  const body = String(new URLSearchParams({ payload: JSON.stringify(payload) }));
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    version: '2.0',
    rawQueryString: '',
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` },
    requestContext: { http: { method: 'POST' } },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}

function weigh(folder: string): { readonly plain: number; readonly gzip: number } {
  const files = readdirSync(folder).map((file) => join(folder, file));
  const kilobytes = (of: (file: string) => number): number =>
    Math.round(files.reduce((sum, file) => sum + of(file), 0) / 1_024);
  return {
    plain: kilobytes((file) => statSync(file).size),
    gzip: kilobytes((file) => gzipSync(readFileSync(file)).length),
  };
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

process.exitCode = await run();
