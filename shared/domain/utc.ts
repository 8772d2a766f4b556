import type { Instant } from './instant.ts';

/** `2026-11-21 08:05 UTC`. */
export const utcMinute = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
