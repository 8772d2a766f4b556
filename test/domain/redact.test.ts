import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REDACTED, redact, redactEmails } from '../../shared/domain/redact.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const SECRET_KEY = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'].join('.');
const SLACK_BOT = ['xoxb', '1234567890', 'AbCdEfGhIjKlMnOp'].join('-');
const SESSION = `IQoJb3JpZ2luX2VjE${'aB3+/'.repeat(40)}==`;
const PEM = (kind: string) =>
  `-----BEGIN ${kind}PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nq83v\n-----END ${kind}PRIVATE KEY-----`;

describe('what is taken out', () => {
  it.each([
    ['an access key id', 'using AKIAIOSFODNN7EXAMPLE now', 'AKIAIOSFODNN7EXAMPLE'],
    ['a temporary access key id', 'ASIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE'],
    ['a bare secret access key', `key ${SECRET_KEY}`, SECRET_KEY],
    ['a named secret access key', `AWS_SECRET_ACCESS_KEY=${SECRET_KEY}`, SECRET_KEY],
    ['a session token', `token is ${SESSION}`, SESSION],
    ['a JSON web token', `got ${JWT} from client`, JWT],
    ['a bearer token', 'Bearer a8f3k2-token-77', 'a8f3k2-token-77'],
    ['an authorization header', 'Authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    [
      'an authorization header of another scheme',
      'authorization: AWS4-HMAC-SHA256 Credential=x/y, Signature=00ff',
      '00ff',
    ],
    ['an authorization header in JSON', '{"authorization":"ApiKey hunter22"}', 'hunter22'],
    ['a password in a URL', 'postgres://app:s3cr3t@db.internal:5432/app', 's3cr3t'],
    ['a password with an @ in a URL', 'amqps://app:p@ss@word@mq.internal/', 'p@ss@word'],
    ['a password without a user in a URL', 'redis://:hunter2@cache:6379/0', 'hunter2'],
    ['a Slack bot token', `token ${SLACK_BOT}`, SLACK_BOT],
    ['a Slack app token', ['xapp', '1', 'A0123', '0123456789', 'abcdef'].join('-'), 'A0123'],
    ['a Slack webhook', 'https://hooks.slack.com/services/T000/B000/XXXXyyyy', 'T000/B000/XXXXyyyy'],
    ['a Slack workflow webhook', 'https://hooks.slack-gov.com/workflows/T000/A000/1/zz', 'T000/A000/1/zz'],
    ['a private key', `before ${PEM('RSA ')} after`, 'MIIEowIBAAKCAQEA'],
    ['a private key that is cut off', PEM('').slice(0, 50), 'MIIEow'],
    ['a password in an assignment', 'DB_PASSWORD=hunter2 started', 'hunter2'],
    ['a password in quotes with spaces', "password = 'correct horse battery'", 'correct horse battery'],
    ['a password in YAML', 'password: hunter2', 'hunter2'],
    ['a password in JSON', '{"password": "hun\\"ter2", "user": "app"}', 'ter2'],
    ['a password in quoted JSON', 'body="{\\"password\\":\\"hunter2\\",\\"user\\":\\"app\\"}"', 'hunter2'],
    ['a client secret', 'client_secret=abcDEF123&grant_type=x', 'abcDEF123'],
    ['a token on the command line', 'run --auth-token hunter22 --verbose', 'hunter22'],
    ['a connection string', 'Server=db;User Id=sa;Password=hunter2;Encrypt=true', 'hunter2'],
    ['an account key', 'AccountName=x;AccountKey=aGVsbG8gd29ybGQ=;', 'aGVsbG8gd29ybGQ'],
    ['a signature of a URL', 'https://b.s3.amazonaws.com/k?X-Amz-Signature=0011aabb&x=1', '0011aabb'],
    ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`, 'a1B2a1B2'],
    ['a fine-grained GitHub token', `github_pat_${'11AA'.repeat(10)}`, '11AA11AA'],
    ['a Stripe key', ['sk', 'live', '4eC39HqLyjWD'].join('_'), '4eC39HqLyjWD'],
    ['an API key with a prefix', `sk-proj-${'a1B2'.repeat(8)}`, 'a1B2a1B2'],
    ['a token that looks like one', 'refresh token: 8f2c1d3e4b', '8f2c1d3e4b'],
  ])('%s', (_what, text, secret) => {
    const shown = redact(text);
    expect(shown).toContain(REDACTED);
    expect(shown).not.toContain(secret);
  });

  it('leaves the host of a URL and the name of a key readable', () => {
    expect(redact('postgres://app:s3cr3t@db.internal:5432/app')).toBe('postgres://[redacted]@db.internal:5432/app');
    expect(redact('{"password":"x","user":"app"}')).toBe('{"password":"[redacted]","user":"app"}');
    expect(redact('DB_PASSWORD=x1 DB_USER=app')).toBe('DB_PASSWORD=[redacted] DB_USER=app');
  });
});

describe('what stays', () => {
  it.each([
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-password-Ab12Cd',
    'secret arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db: AccessDeniedException',
    '111122223333.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:5de487da52320ad9978f3a7a4f6700910342956c7dcb3b6f955222b4cccbd600',
    'task 6f0d744de6e04ba8b6471869c696d1f8 stopped',
    'commit 9ce7d67bf402b337a75c8acf49c11881be2f16bd',
    '/ecs/Api/web/6f0d744de6e04ba8b6471869c696d1f8',
    'GET /health 200 in 3 ms total_tokens=4096 password_length=12',
    'SyntaxError: Unexpected token: punc (.)',
    'Error: secret: not found',
    'password authentication failed for user "app"',
    'PWD=/usr/src/app',
    'at Object.<anonymous> (/usr/src/app/node_modules/pg/lib/client.js:132:19)',
    'https://registry-1.docker.io/v2/library/nginx/manifests/latest',
    'http://10.0.0.1:8080/users/@me',
    'retrieved secret from Secrets Manager did not contain json key DB_PASSWORD',
    'Bearer authentication is required',
    'failed authorization: no basic auth credentials',
    'valueFrom=arn:aws:ssm:eu-west-1:111122223333:parameter/db',
    'io.example.AbstractSingletonProxyFactory.getBean(AbstractSingletonProxyFactory.java:40)',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

const secrets = [
  `AWS_SECRET_ACCESS_KEY=${SECRET_KEY}`,
  'postgres://app:s3cr3t@db:5432/app',
  `Bearer ${JWT}`,
  SLACK_BOT,
  'https://hooks.slack.com/services/T000/B000/XXXX',
  '{"api_key": "abc123def"}',
  '\\"token\\":\\"abc123def\\"}',
  "pwd='x y'",
  'token: a8f3k2b1',
  PEM('EC '),
  'Authorization: Basic dXNlcjpwYXNz',
];
const noise = fc.string({ unit: fc.constantFrom(...Array.from('abAB01 =:"\'\\/@.-_[]{}\n,&?')), maxLength: 40 });
const hostileText = fc
  .array(fc.oneof(noise, fc.constantFrom(...secrets)), { maxLength: 8 })
  .map((parts) => parts.join(''));

describe('the laws of redaction', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets no secret through, whatever stands around it', () => {
    const around = fc.constantFrom('', ' ', '\n', ', ', ' | ', '(', '<');
    fc.assert(
      fc.property(fc.constantFrom(...secrets), around, around, (secret, before, after) => {
        const shown = redact(`${before}${secret}${after}`);
        for (const piece of [
          SECRET_KEY,
          's3cr3t',
          JWT,
          SLACK_BOT,
          'T000',
          'abc123def',
          'x y',
          'a8f3k2b1',
          'MIIE',
          'dXNlcjpwYXNz',
        ]) {
          expect(shown).not.toContain(piece);
        }
      }),
    );
  });

  it('makes a text at most four times as long', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(redact(text).length).toBeLessThanOrEqual(4 * text.length);
      }),
    );
  });

  it('changes nothing without a secret in it', () => {
    const harmless = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é', '\n', '.'), maxLength: 200 });
    fc.assert(
      fc.property(harmless, (text) => {
        expect(redact(text)).toBe(text);
      }),
    );
  });

  it('gets through long hostile texts, on which backtracking would take minutes', () => {
    const pieces = [
      'eyJ-',
      'a://b:',
      '-----BEGIN PRIVATE KEY-----',
      'password":"',
      'password\\":\\"',
      'token: ',
      '--a-',
      'AKIA',
      "pwd='",
      'authorization: ',
      'x.',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(20_000);
      expect(redact(text).length).toBeLessThanOrEqual(4 * text.length);
    }
  });
});

describe('e-mail addresses', () => {
  it.each([
    ['a plain address', 'sent to ada.lovelace+ops@mail.example.co.uk at noon', 'sent to [redacted] at noon'],
    ['an address in brackets', 'From: "Ada" <ada@example.com>', 'From: "Ada" <[redacted]>'],
    ['two in a row', 'ada@example.com,bob@example.org', '[redacted],[redacted]'],
    ['inside JSON', '{"user":"ada@example.com","n":1}', '{"user":"[redacted]","n":1}'],
  ])('are taken out: %s', (_, text, expected) => {
    expect(redactEmails(text)).toBe(expected);
    expect(redactEmails(expected)).toBe(expected);
  });

  it.each([
    'checkout@sha256:4f0c2a9d1e7b4f0c2a9d1e7b4f0c2a9d1e7b4f0c2a9d1e7b4f0c2a9d1e7b4f0c',
    '@aws-sdk/client-ecs@3.1162.0',
    'user@localhost',
    'a @ b.com',
  ])('are not seen in %s', (text) => {
    expect(redactEmails(text)).toBe(text);
  });
});
