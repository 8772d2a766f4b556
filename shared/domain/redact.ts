export const REDACTED = '[redacted]';

/**
 * Takes credentials out of a text that is going to be shown, and keeps what explains a failure: host names, ARNs,
 * image digests, task ids, key names. Idempotent. Made for log lines and AWS messages; it recognises forms, so a
 * secret that looks like a word stays.
 *
 * Every expression is bounded or runs over a negated class, so that hostile texts cost linear time.
 */
export function redact(text: string): string {
  return STEPS.reduce((rest, { pattern, replace }) => rest.replace(pattern, replace), text);
}

/**
 * Takes e-mail addresses out of a text, for installations that may not show personal data. Safe on JSON text: neither
 * quotes nor backslashes belong to what it replaces.
 */
export const redactEmails = (text: string): string =>
  text.replace(/(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])/gi, REDACTED);

interface Step {
  readonly pattern: RegExp;
  readonly replace: (match: string, ...groups: string[]) => string;
}

const whole = (pattern: RegExp): Step => ({ pattern, replace: () => REDACTED });

/** Words after which a value is secret. `tokens`, `secretName` and `password_length` are not among them. */
const SECRET_WORDS =
  'pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|credentials?|' +
  'connection[_-]?string|x-amz-(?:signature|credential)|[?&]sig';
const SECRET_KEY = `(?:${SECRET_WORDS})(?:[_-]?(?:key|value))?`;
const NOT_A_SECRET = /^(?:arn:|sha256:|true$|false$|null$|none$|undefined$|\[redacted\])/i;

const STEPS: readonly Step[] = [
  whole(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g),
  // The secret part of a webhook is its path: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
  {
    pattern: /(https:\/\/hooks\.slack(?:-gov)?\.com\/)[^\s"'<>)[]{1,500}/gi,
    replace: (_, host) => `${host}${REDACTED}`,
  },
  // User and password before the host. The password may contain an @, so the last one before a slash counts.
  {
    pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:"'<>]{0,200}:[^\s/"'<>]{1,500}@/gi,
    replace: (_, scheme) => `${scheme}${REDACTED}@`,
  },
  {
    pattern: /\b(authorization["']?[:=] ?["']?)([^\r\n"'}]{1,4000})/gi,
    replace: (match, key, value) => (isHeader(value) ? `${key}${REDACTED}` : match),
  },
  {
    pattern: /\b(bearer|basic) ([\w.~+/=-]{8,4000})/gi,
    replace: (match, scheme, value) => (/\d|=$/.test(value) || value.length >= 40 ? `${scheme} ${REDACTED}` : match),
  },
  whole(/(?<![\w-])eyJ[\w-]{5,8000}\.[\w-]{5,8000}(?:\.[\w-]{0,8000})?/g),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  whole(/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g),
  whole(/(?<![\w/+])(?:IQoJ|FwoG|FQoG)[\w/+-]{60,8000}={0,2}/g),
  // Slack, GitHub, GitLab, Stripe, npm, Google, SendGrid, OpenAI and Anthropic.
  whole(/\b(?:xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[\w-]{8,500}/g),
  whole(/\b(?:gh[pousr]_[A-Za-z0-9]{20,300}|github_pat_\w{20,300}|glpat-[\w-]{16,300})/g),
  whole(/\b(?:[srp]k_(?:live|test)_\w{8,300}|whsec_\w{16,300}|npm_[A-Za-z0-9]{30,300}|AIza[\w-]{30,300})/g),
  whole(/\b(?:SG\.[\w-]{16,100}\.[\w-]{16,100}|sk-[\w-]{20,300})/g),
  // "password": "…", also inside JSON that is itself quoted.
  {
    pattern: new RegExp(`(${SECRET_KEY}"\\s{0,3}:\\s{0,3}")(?:[^"\\\\]|\\\\.){1,4000}`, 'gi'),
    replace: quoted,
  },
  {
    pattern: new RegExp(
      `(${SECRET_KEY}\\\\{1,7}"\\s{0,3}:\\s{0,3}\\\\{1,7}")[^]{1,4000}?(?=\\\\{1,7}"\\s{0,3}(?:[,}\\]]|$))`,
      'gi',
    ),
    replace: quoted,
  },
  {
    pattern: new RegExp(`(${SECRET_KEY}\\s{0,3}[:=]\\s{0,3}(["']))(?:(?!\\2)[^\\\\]|\\\\.){1,4000}`, 'gi'),
    replace: quoted,
  },
  // password=…, --token …, TOKEN: …
  {
    pattern: new RegExp(`(${SECRET_KEY}=)([^\\s,;&"'<>)}]{1,4000})`, 'gi'),
    replace: (match, key, value) => (isPath(key, value) || NOT_A_SECRET.test(value) ? match : `${key}${REDACTED}`),
  },
  {
    pattern: new RegExp(`(--[\\w-]{0,40}(?:${SECRET_WORDS}) )([^\\s"'-][^\\s"']{0,4000})`, 'gi'),
    replace: (match, key, value) => (NOT_A_SECRET.test(value) ? match : `${key}${REDACTED}`),
  },
  {
    pattern: new RegExp(`(${SECRET_KEY}\\s?: )([^\\s,;"'<>)}]{1,4000})`, 'gi'),
    replace: (match, key, value) => (looksSecret(key, value) ? `${key}${REDACTED}` : match),
  },
  // A bare secret access key: forty characters without any mark of their own, so the mix of classes has to do.
  {
    pattern: /(?<![\w/+=])[A-Za-z0-9/+]{40}(?![\w/+=])/g,
    replace: (match) => (isRandom(match) ? REDACTED : match),
  },
];

function quoted(match: string, ...[key]: string[]): string {
  const opening = key ?? '';
  return NOT_A_SECRET.test(match.slice(opening.length)) ? match : `${opening}${REDACTED}`;
}

/** "Authorization: Basic …" is a header, "failed authorization: no basic auth credentials" is prose. */
const isHeader = (value: string): boolean =>
  /^(?:bearer|basic|digest|token|api-?key|negotiate|oauth|aws4-hmac-sha256) ./i.test(value) ||
  (/^\S{8,}$/.test(value) && /\d/.test(value));

/** `PWD=/app` is the working directory. */
const isPath = (key: string, value: string): boolean => /pwd/i.test(key) && value.startsWith('/');

/** "token: unexpected end" is prose, "password: hunter" is not, "token: a8f3…" is not either. */
function looksSecret(key: string, value: string): boolean {
  if (NOT_A_SECRET.test(value) || isPath(key, value)) return false;
  return /pass|pwd/i.test(key) || (value.length >= 8 && /\d/.test(value));
}

/** Upper case, lower case and digits that alternate as chance does; words, paths and hexadecimal do not. */
function isRandom(text: string): boolean {
  const classes = Array.from(text, (char) => (/[A-Z]/.test(char) ? 'A' : /[a-z]/.test(char) ? 'a' : '0'));
  const changes = classes.filter((kind, index) => index > 0 && kind !== classes[index - 1]).length;
  const count = (kind: string) => classes.filter((other) => other === kind).length;
  return changes >= 16 && count('A') >= 5 && count('a') >= 5 && count('0') >= 1;
}
