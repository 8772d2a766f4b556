import { either, matches, says } from '../rule.ts';

/**
 * What became of a request, whoever sent it. "Refused is not unreachable, and missing is not refused": rows ask these
 * three questions in this order, because a text that blames the connection often names the resource as missing too.
 * The last letters of some fragments are left out on purpose: Fargate cuts messages.
 */
export const noAnswer = says(
  'dial tcp',
  'dial udp',
  'i/o time',
  'tls handshake timeout',
  'connection timed out',
  'connection timeout',
  'client.timeout',
  'request canceled',
  'request cancelled',
  'requestcanceled',
  'signal: killed',
  'timeout awaiting',
  'context deadline',
  'deadline exceeded',
  'send request failed',
  'request send failed',
  'statuscode: 0,',
  'connection refused',
  'connection reset',
  'no such host',
  'no route to host',
  'network is unreachable',
  'connection issue',
  'unable to connect',
  'could not connect',
  'failed to connect',
  'could not reach',
  'name resolution',
  'server misbehaving',
  'proxyconnect',
  'check your network',
  'check your task network',
);

export const refused = says(
  'accessdenied',
  'access denied',
  'access is denied',
  'not authorized to perform',
  'unauthorizedoperation',
  'explicit deny',
  'access to kms is not allowed',
  '403 forbidden',
  'statuscode: 403',
  'status code: 403',
  'unrecognizedclientexception',
);

export const throttled = says(
  'throttlingexception',
  'rate exceeded',
  'requestlimitexceeded',
  'throttled',
  'too many requests',
);

/** A registry or API of Amazon ECR is named, in whatever partition. */
export const namesEcr = either(
  says(
    '.dkr.ecr',
    '.dkr-ecr',
    'public.ecr.',
    'api.ecr.',
    'amazon ecr',
    'ecr registry',
    'starport-layer-bucket',
    'cannotpullecr',
  ),
  matches(/\becr: ?[a-z]/),
  says('arn:ecr'),
);

/** The words of registries for a caller whom they do not know or do not let in. */
export const loginRefused = either(
  refused,
  says('pull access denied', 'may require', 'access to the resource is denied', 'no basic auth', 'insufficient_scope'),
  says(
    '401 unauthorized',
    'unauthorized:',
    'unauthorized to',
    'authentication required',
    'authorization failed',
    'denied:',
  ),
  says('authorization token has expired', 'incorrect username or password', 'ecr credentials', 'registry credentials'),
  matches(/: denied$/),
  says('(401)', '(403)', 'status: 401', 'status: 403', 'not logged in', 'no permission', 'status 401', 'status 403'),
);
