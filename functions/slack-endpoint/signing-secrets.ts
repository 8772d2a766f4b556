import { type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { parseJson } from '../../shared/parse/json.ts';
import type { TimeLeft } from './time-left.ts';

/**
 * The secrets that Slack may sign with: one, and the one before while it is rotated. Both throw an AdapterError,
 * `credential-unreadable` or `credential-malformed`.
 */
export interface SigningSecrets {
  readonly current: (now: Instant, left: TimeLeft) => Promise<readonly string[]>;
  /** Read again because a signature did not match; none where the last look is too recent to be worth another. */
  readonly again: (now: Instant, left: TimeLeft) => Promise<readonly string[]>;
}

/** A secret that was taken away is believed for this long. */
const FRESH_FOR = minutes(5);
/** Anybody can send wrong signatures, so they must not decide how often Systems Manager is asked. */
const SHORTEST_PAUSE = seconds(10);

/** `fetch` reads the stored text. A look that failed takes nothing away that is still fresh. */
export function createSigningSecrets(fetch: (left: TimeLeft) => Promise<string>): SigningSecrets {
  let held: { readonly secrets: readonly string[]; readonly until: Instant } | undefined;
  let last: { readonly at: Instant; readonly secrets: Promise<readonly string[]> } | undefined;

  const look = async (now: Instant, left: TimeLeft): Promise<readonly string[]> => {
    last = { at: now, secrets: fetch(left).then(parseSigningSecrets) };
    held = { secrets: await last.secrets, until: now + FRESH_FOR };
    return held.secrets;
  };
  const recent = (now: Instant): Promise<readonly string[]> | undefined =>
    last !== undefined && now - last.at < SHORTEST_PAUSE ? last.secrets : undefined;

  return {
    current: async (now, left) =>
      held !== undefined && now < held.until ? held.secrets : (recent(now) ?? look(now, left)),
    again: async (now, left) => (recent(now) === undefined ? look(now, left) : []),
  };
}

/**
 * Reads one secret, or two while Slack rotates them: a line each, or a JSON array.
 * @throws AdapterError `credential-malformed`, which never repeats the value
 */
export function parseSigningSecrets(text: string): readonly string[] {
  const secrets = text.trimStart().startsWith('[') ? parseJson(text) : text.trim().split(/\s*\n\s*/);
  if (Array.isArray(secrets) && (secrets.length === 1 || secrets.length === 2) && secrets.every(isSecret))
    return secrets;
  throw new AdapterError({
    code: 'credential-malformed',
    message: 'the signing secret is neither one secret nor two, a line each or as a JSON array',
    retryable: false,
  });
}

/** Slack's are 32 hexadecimal digits. With an empty or very short one anybody could sign. */
const isSecret = (value: unknown): value is string => typeof value === 'string' && /^[!-~]{8,256}$/.test(value);
