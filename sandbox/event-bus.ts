import { compilePattern } from './eventbridge/matcher.ts';
import type { Rule } from './eventbridge/rules.ts';
import type { Journal } from './journal.ts';
import { isObject, wordOf } from './json-object.ts';

export interface EventBus {
  /** Delivers an event to the targets of every rule that it matches; answers the names of those rules. */
  readonly putEvent: (event: unknown) => Promise<readonly string[]>;
}

/** Takes an event to one target, and settles when the target has it; a function then works on it alone. */
export type Deliver = (event: unknown) => Promise<void>;

/**
 * The buses of the template with its own rules. What `isForwarded` comes by the bus for members: a stack there sends it on if
 * it fits the rules there, which have the patterns of those on the default bus.
 * @throws for a pattern that EventBridge would refuse, and for a target that is no resource of the template.
 */
export function createEventBus(
  rules: readonly Rule[],
  targets: ReadonlyMap<string, Deliver>,
  journal: Journal,
  isForwarded: (event: unknown) => boolean = () => false,
): EventBus {
  const enabled = rules
    .filter((rule) => rule.isEnabled)
    .map((rule) => ({
      name: rule.name,
      isForMembers: rule.bus !== undefined,
      matches: compilePattern(rule.pattern),
      deliveries: rule.targets.map(({ arn }) => targetAt(arn, rule.name, targets)),
    }));
  return {
    putEvent: async (event) => {
      const fitting = enabled.filter((rule) => rule.matches(event));
      const isSent = !isForwarded(event) || fitting.some((rule) => !rule.isForMembers);
      const matched = fitting.filter((rule) => isSent && rule.isForMembers === isForwarded(event));
      const names = matched.map((rule) => rule.name);
      journal.append({ kind: 'event', eventId: idOf(event), title: titleOf(event), rules: names, event });
      await Promise.all(matched.flatMap((rule) => rule.deliveries).map((deliver) => deliver(event)));
      return names;
    },
  };
}

function targetAt(arn: string, rule: string, targets: ReadonlyMap<string, Deliver>): Deliver {
  const deliver = targets.get(arn);
  if (deliver === undefined) throw new Error(`the rule ${rule} has a target that the sandbox does not run: ${arn}`);
  return deliver;
}

const idOf = (event: unknown): string => (isObject(event) ? wordOf(event['id']) : '');

/** What an operator would call the event: its detail-type and what it is about, task ids cut as people cut them. */
function titleOf(event: unknown): string {
  if (!isObject(event)) return 'not an event';
  const resources = event['resources'];
  const about =
    Array.isArray(resources) && resources.length > 0
      ? `: ${shortened(wordOf(resources[0]).split(':').at(-1) ?? '')}`
      : '';
  return `${wordOf(event['detail-type'], 'without a detail-type')}${about}`;
}

const shortened = (name: string): string => name.replace(/([0-9a-f]{8})[0-9a-f]{24}$/, '$1…');
