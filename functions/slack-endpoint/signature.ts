import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import type { HttpRequest } from './http-request.ts';

/** What Slack signs, taken from the request and not yet believed. */
export interface Claim {
  readonly at: Instant;
  /** 64 hexadecimal digits. */
  readonly signature: string;
  readonly signed: Buffer;
}

export type ClaimRead =
  | { readonly status: 'claimed'; readonly claim: Claim }
  | { readonly status: 'refused'; readonly reason: 'unsigned' | 'stale' };

/** In either direction: a time in the future is as good as a longer life for whoever records a request. */
const TOLERANCE = minutes(5);

/**
 * The signature and the time of a request, without a look at any secret: most of what is not from Slack ends here. A
 * header that is missing, sent twice or of another form is `unsigned`.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack/
 */
export function readClaim({ header, body }: HttpRequest, now: Instant): ClaimRead {
  const signature = /^v0=([0-9a-f]{64})$/.exec(header('x-slack-signature') ?? '')?.[1];
  const timestamp = /^\d{1,12}$/.exec(header('x-slack-request-timestamp') ?? '')?.[0];
  if (signature === undefined || timestamp === undefined) return { status: 'refused', reason: 'unsigned' };
  const at = seconds(Number(timestamp));
  if (Math.abs(now - at) > TOLERANCE) return { status: 'refused', reason: 'stale' };
  return {
    status: 'claimed',
    claim: { at, signature, signed: Buffer.concat([Buffer.from(`v0:${timestamp}:`), body]) },
  };
}

/** Whether one of the secrets made the signature. How long it takes says nothing about how much of it is right. */
export const isGenuine = ({ signature, signed }: Claim, secrets: readonly string[]): boolean =>
  secrets.some((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(signed).digest(), Buffer.from(signature, 'hex')),
  );
