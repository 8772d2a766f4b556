import { devNull } from 'node:os';
import { answer, answerJson, type Listening, readBody, serve } from '../../sandbox/loopback.ts';

/** Awaited before a request of that operation is passed on; answers an error's name where it is not to be. */
export type Intercept = (operation: string) => Promise<string | void>;

/** A DynamoDB on loopback that passes requests on to `target`. */
export const startTableRelay = (target: string, intercept: Intercept): Promise<Listening> =>
  serve((request, response) => {
    void (async () => {
      const operation = String(request.headers['x-amz-target']);
      const body = await readBody(request);
      const error = await intercept(operation.split('.').at(-1) ?? '');
      const type = { 'content-type': 'application/x-amz-json-1.0' };
      if (typeof error === 'string') {
        answerJson(response, 400, { __type: `com.amazonaws.dynamodb.v20120810#${error}` }, type);
        return;
      }
      const headers = {
        ...type,
        'x-amz-target': operation,
        'x-amz-date': String(request.headers['x-amz-date']),
        authorization: String(request.headers.authorization),
      };
      const answered = await fetch(target, { method: 'POST', headers, body });
      answer(response, answered.status, await answered.text(), type);
    })();
  });

/** Of somebody who reaches the table there: no profile, no file, no metadata service. */
export const environmentFor = (url: string) => ({
  AWS_ENDPOINT_URL_DYNAMODB: url,
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_REGION: 'eu-west-1',
  USER: 'ada',
});
