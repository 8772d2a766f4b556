import type { Area, Rule } from './rule.ts';
import { anywhere } from './rules/anywhere.ts';
import { capacity } from './rules/capacity.ts';
import { decision } from './rules/decision.ts';
import { deployment } from './rules/deployment.ts';
import { envFile } from './rules/env-file.ts';
import { health } from './rules/health.ts';
import { image } from './rules/image.ts';
import { networkInterface } from './rules/interface.ts';
import { logging } from './rules/logging.ts';
import { mount } from './rules/mount.ts';
import { runtime } from './rules/runtime.ts';
import { secrets } from './rules/secrets.ts';
import { storage } from './rules/storage.ts';
import { unspecified } from './rules/unspecified.ts';

/**
 * The whole table, in the order that docs/causes.md "Choosing one" demands: decisions of ECS, words that decide
 * anywhere, then the stages of a start from the outside in. Secrets come before the pull, because the registry login
 * is fetched first; the log driver before the runtime, whose messages wrap it.
 */
export const TABLE: readonly Area[] = [
  decision,
  anywhere,
  capacity,
  envFile,
  secrets,
  health,
  image,
  logging,
  storage,
  networkInterface,
  mount,
  runtime,
  deployment,
  unspecified,
];

/** The row for a folded text, or nothing when no row knows it. */
export function ruleFor(folded: string): Rule | undefined {
  if (folded === '') return undefined;
  for (const area of TABLE) {
    if (!area.applies(folded)) continue;
    const rule = area.rules.find((row) => row.when(folded));
    if (rule !== undefined) return rule;
  }
  return undefined;
}
