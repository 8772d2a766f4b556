import { parseEvent } from '../../shared/parse/index.ts';
import { readEvents } from '../../shared/parse/sqs-record.ts';
import { openAccount } from '../account.ts';
import { regionOf } from '../recorded-event.ts';
import { readInput, type Terminal, UsageError } from '../terminal.ts';
import { createExplainer } from './explainer.ts';
import { type Explanation, remarkOf } from './explanation.ts';

/** Events from a file, with everything that the account which they come from can add to them today. */
export async function explainEvents(file: string, terminal: Terminal): Promise<Explanation> {
  const input = await readInput(file, terminal.stdin);
  const events = readEvents(input.text);
  const region = commonRegion(input.name, events);
  const { readers } = await openAccount(region, terminal);
  const { problems, quiet } = await createExplainer(readers)(events);
  return { problems, remarks: quiet.map(remarkOf) };
}

/** Throws a UsageError for events that do not parse, and for those of several Regions. */
function commonRegion(name: string, events: readonly unknown[]): string {
  for (const event of events) {
    const parsed = parseEvent(event);
    if (parsed.status === 'malformed') throw new UsageError(`${name}: ${parsed.field} is not ${parsed.expected}`);
  }
  const [region, ...others] = new Set(events.map(regionOf));
  if (region === undefined)
    throw new UsageError(`${name} holds no event; expected one of EventBridge, or an SQS batch`);
  if (others.length > 0) throw new UsageError(`${name} holds events of several Regions; explain them one by one`);
  return region;
}
