import * as v from 'valibot';
import { hours, minutes } from '../domain/instant.ts';
import type { RunConfig } from '../domain/plan/step.ts';
import type { ConfigurationProblem, ParsedPolicy, Policy } from '../domain/policy.ts';
import { present } from '../domain/present.ts';
import { WEEKDAYS } from '../domain/quiet-hours.ts';
import { redact } from '../domain/redact.ts';
import type { Routing } from '../domain/routing.ts';
import { type ConfigurationDocument, DOCUMENT } from './configuration-document.ts';
import { maintenanceOf } from './configuration-windows-policy.ts';

/** Bytes of the document as JSON: a quarter of what an item of DynamoDB may have. */
const LARGEST = 100_000;

/**
 * Reads a configuration document; what it does not say is as `defaults` say. An invalid one gives all its problems at
 * once, each with the path of its key and in words that never repeat a value.
 */
export function parsePolicy(document: unknown, defaults: Policy): ParsedPolicy {
  const problem = sizeProblem(document);
  if (problem !== undefined) return { status: 'invalid', problems: [{ path: 'document', expected: problem }] };
  const { success, output, issues } = v.safeParse(DOCUMENT, document);
  return success
    ? { status: 'valid', policy: policyOf(output, defaults) }
    : { status: 'invalid', problems: issues.map(problemOf) };
}

function sizeProblem(document: unknown): string | undefined {
  try {
    const json = JSON.stringify(document) ?? '';
    return new TextEncoder().encode(json).length > LARGEST ? `at most ${LARGEST} bytes as JSON` : undefined;
  } catch {
    // YAML can name a value inside of itself.
    return 'values that do not contain themselves';
  }
}

function policyOf(document: ConfigurationDocument, defaults: Policy): Policy {
  const { storm, repeatAfterHours: repeat, quietAfterHours, holdDownMinutes } = document;
  return {
    routing: routingOf(document, defaults.routing),
    storm: {
      incidents: storm?.incidents ?? defaults.storm.incidents,
      within: storm?.minutes === undefined ? defaults.storm.within : minutes(storm.minutes),
    },
    repeatAfter: repeat === undefined ? defaults.repeatAfter : repeat === 0 ? undefined : hours(repeat),
    quietAfter: quietAfterHours === undefined ? defaults.quietAfter : hours(quietAfterHours),
    holdDown: holdDownMinutes === undefined ? defaults.holdDown : minutes(holdDownMinutes),
    maintenance: maintenanceOf(document, defaults.maintenance),
    run: runOf(document, defaults.run),
    chat: document.chat ?? defaults.chat,
    accounts: document.accounts?.map(({ regions = [], ...account }) => ({ ...account, regions })) ?? defaults.accounts,
  };
}

const runOf = ({ redeploy = {} }: ConfigurationDocument, standard: RunConfig): RunConfig => ({
  votes: redeploy.votes ?? standard.votes,
  approverIsNotRequester: redeploy.approverIsNotRequester ?? standard.approverIsNotRequester,
  onDeadline: redeploy.onDeadline ?? standard.onDeadline,
  bake: redeploy.bakeMinutes === undefined ? standard.bake : minutes(redeploy.bakeMinutes),
});

function routingOf(document: ConfigurationDocument, standard: Routing): Routing {
  const { routes = [], quietHours = [], mutes = [], lowestSeverity = standard.lowestSeverity } = document;
  return {
    destinations: document.defaults?.to ?? standard.destinations,
    mentions: document.defaults?.mention ?? (document.defaults ? [] : standard.mentions),
    lowestSeverity,
    rules: routes.map(({ name, when = {}, to, mention = [], last = false, lowestSeverity: own }) => ({
      name,
      when,
      destinations: to,
      mentions: mention,
      isLast: last,
      ...present({ lowestSeverity: own }),
    })),
    quietHours: quietHours.map(({ when = {}, days = WEEKDAYS, zone, from, to }) => ({ when, days, zone, from, to })),
    mutes,
  };
}

/** An issue of a document that people write, by the path of its key and without any value. */
export const problemOf = ({ path, message }: v.BaseIssue<unknown>): ConfigurationProblem => {
  const steps = path?.map(({ key }) => stepText(key)) ?? [];
  return { path: steps.join('').replace(/^\./, '') || 'document', expected: message };
};

/** A key is shown as it was written, unless it looks like something that got there by a slip of the clipboard. */
function stepText(key: unknown): string {
  if (typeof key === 'number') return `[${key}]`;
  const name = String(key);
  if (name.length > 128 || redact(name) !== name || /\p{Cc}/u.test(name)) return '["…"]';
  return /^\w+$/.test(name) ? `.${name}` : `["${name}"]`;
}
