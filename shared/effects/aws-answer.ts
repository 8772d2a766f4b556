import { errorName } from './aws-error-name.ts';
import type { Answer } from './http-post.ts';

/** What a call of AWS without its SDK came to. */
export type AwsAnswer =
  | {
      readonly status: 'done';
      /** `undefined` for what is no JSON. */
      readonly body: unknown;
    }
  | {
      readonly status: 'failed';
      /** AWS's name of the error, `TimeoutError` or `ConnectionError`; never its message, which names callers. */
      readonly name: string;
      /** AWS may have done it all the same. */
      readonly isDoubtful: boolean;
    };

export function awsAnswer(answer: Answer): AwsAnswer {
  if (answer.status === 'unanswered') {
    const name = answer.failure === 'timeout' ? 'TimeoutError' : 'ConnectionError';
    return { status: 'failed', name, isDoubtful: true };
  }
  const { code, text } = answer;
  const body = jsonIn(text);
  if (code >= 200 && code < 300) return { status: 'done', body };
  return { status: 'failed', name: errorName(code, body), isDoubtful: code >= 500 };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
