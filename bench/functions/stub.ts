/**
 * AWS and Slack for the bench, in a process of their own so that their work is not taken for a function's: every request
 * is answered after the same short wait, over plain HTTP. Started by `fork`; sends its URL to its parent.
 *
 * The table keeps what is put into it until the parent sends `freeze`; from then on puts are answered and forgotten, so
 * that every round meets the same records.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { readObject } from '../../sandbox/json-object.ts';
import { answer, readBody, serve } from '../../sandbox/loopback.ts';
import { answerTo } from './stub-answers.ts';
import { createTable } from './stub-table.ts';

/** Milliseconds. */
const LATENCY = Number(process.argv[2] ?? 5);

const table = createTable();
process.on('message', () => table.freeze());

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  await setTimeout(LATENCY);
  const target = String(request.headers['x-amz-target'] ?? '');
  const { contentType, text } = target.startsWith('DynamoDB_')
    ? {
        contentType: 'application/x-amz-json-1.0',
        text: JSON.stringify(table.answer(operationOf(target), readObject(body))),
      }
    : answerTo({ operation: operationOf(target), path: request.url ?? '/', body });
  answer(response, 200, text, { 'content-type': contentType });
}

/** `DynamoDB_20120810.PutItem`. */
const operationOf = (target: string): string => target.slice(target.lastIndexOf('.') + 1);

const { url } = await serve((request, response) => void respond(request, response));
process.send?.(url);
