import { answerJson, type Listening, readBody, serve } from '../../sandbox/loopback.ts';

/** What SQS is asked: `SendMessage`. */
export type Intercept = (action: string) => Answer | undefined;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Relay extends Listening {
  /** What was asked, in order. */
  readonly actions: readonly string[];
  /** Receipts of everything that was received through it. */
  readonly receipts: readonly string[];
}

/** An SQS error as its JSON protocol has it. */
export const refusal = (name: string): Answer => ({
  status: 400,
  body: { __type: `com.amazonaws.sqs#${name}`, message: 'no' },
});

/** SQS on loopback that passes requests on to `target`, except those that `intercept` answers. */
export async function startRelay(target: string, intercept: Intercept): Promise<Relay> {
  const actions: string[] = [];
  const receipts: string[] = [];
  const listening = await serve((request, response) => {
    void (async () => {
      const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
      actions.push(action);
      const body = await readBody(request);
      const { status, body: answered } = intercept(action) ?? (await passOn(target, action, body));
      for (const [, receipt = ''] of JSON.stringify(answered).matchAll(/"ReceiptHandle":"([^"]+)"/g))
        receipts.push(receipt);
      answerJson(response, status, answered, { 'content-type': 'application/x-amz-json-1.0' });
    })();
  });
  return { ...listening, actions, receipts };
}

async function passOn(target: string, action: string, body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` };
  const response = await fetch(target, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
}
