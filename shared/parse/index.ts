import * as v from 'valibot';
import type { Parsed } from '../domain/parsed.ts';
import { parseContainerInstanceHealth } from './container-instance-health.ts';
import { parseDeploymentStateChange } from './deployment-state-change.ts';
import { eventIdOf, type Parser } from './event.ts';
import { parseHealthEvent, parseHealthEventOrCopy } from './health-event.ts';
import { parseHookStateChange } from './hook-state-change.ts';
import { ignored, malformedBy } from './outcome.ts';
import { shape, text } from './schema.ts';
import { parseServiceAction } from './service-action.ts';
import { parseTaskStateChange } from './task-state-change.ts';

/** By source and detail-type. Amazon ECS may add detail-types at any time; what is not here is ignored. */
const PARSERS: ReadonlyMap<string, Parser> = new Map([
  ['aws.ecs/ECS Task State Change', parseTaskStateChange],
  ['aws.ecs/ECS Deployment State Change', parseDeploymentStateChange],
  ['aws.ecs/ECS Service Action', parseServiceAction],
  ['aws.ecs/ECS Hook State Change', parseHookStateChange],
  ['aws.ecs/ECS Container Instance Health Change', parseContainerInstanceHealth],
  ['aws.health/AWS Health Event', parseHealthEvent],
]);

const KIND = shape({ source: text, 'detail-type': text });

/**
 * Reads one EventBridge event: any JSON value in, a signal or the reason why there is none out. Never throws.
 * Unknown fields and unknown codes are accepted, because AWS adds both without notice.
 *
 * `takesCopies`: the copies of Health events for the backup Region too, which are ignored otherwise.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html
 */
export function parseEvent(raw: unknown, { takesCopies = false }: { readonly takesCopies?: boolean } = {}): Parsed {
  const kind = v.safeParse(KIND, raw, { abortEarly: true });
  if (!kind.success) return malformedBy(kind.issues[0], eventIdOf(raw));
  const key = `${kind.output.source}/${kind.output['detail-type']}`;
  const known = PARSERS.get(key);
  const parse = takesCopies && known === parseHealthEvent ? parseHealthEventOrCopy : known;
  return parse ? parse(raw) : ignored('not-watched', `nothing reads ${key}`, eventIdOf(raw));
}
