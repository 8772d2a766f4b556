import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { type Letter, letterTitle, openLetter } from './letter.ts';
import { type DeadLetterQueue, giveBack, type Held, hold, type QueueRef, remove, send } from './queue.ts';
import { type Step, stepFor } from './step.ts';

export interface Wanted {
  /** Of messages, or of the events in them; none means every message. */
  readonly ids: readonly string[];
  /** Where events are sent. To send them nowhere is to delete them. */
  readonly to: QueueRef | 'nowhere';
  /** Otherwise nothing is changed, and only said. */
  readonly isReal: boolean;
}

/** A step that knows where to send. */
type Move = { readonly kind: 'send'; readonly to: QueueRef } | Exclude<Step, { readonly kind: 'send' }>;

/** A letter and what becomes of it; nothing, when nobody asked for it. */
interface Handled {
  readonly letter: Letter;
  readonly move?: Move;
}

/**
 * Goes through a dead-letter queue message by message. Each is deleted only after it has been sent: killed in between,
 * the event is delivered twice, which is as good as once. Answers 0 when nothing wanted stays, otherwise 1. Ends with an
 * AccountError where AWS refuses; the messages not yet done are back within a minute.
 */
export async function walk(queue: DeadLetterQueue, wanted: Wanted, terminal: Terminal): Promise<number> {
  const { out } = terminal;
  const progress = createProgress(terminal);
  progress.start(`going through ${queue.name}`);
  let seen = 0;
  const staying: Held[] = [];
  const missing = new Set(wanted.ids);
  const counts = { send: 0, drop: 0, keep: 0 };
  for await (const batch of hold(queue)) {
    seen += batch.length;
    progress.at(seen, Math.max(queue.count, seen));
    for (const { letter, move } of await allOf(batch.map((held) => handle(openLetter(held), queue, wanted, out)))) {
      if (!wanted.isReal || move === undefined || move.kind === 'keep') staying.push(letter.held);
      if (move === undefined) continue;
      counts[move.kind] += 1;
      for (const id of idsOf(letter)) missing.delete(id);
    }
    if (wanted.ids.length > 0 && missing.size === 0) break;
  }
  progress.end();
  await giveBack(queue, staying);
  for (const id of missing) out(`not found: ${id}; somebody else may be reading it, so look again in a minute`);
  out(summary(counts, wanted.isReal));
  return counts.keep + missing.size > 0 ? 1 : 0;
}

async function handle(
  letter: Letter,
  queue: DeadLetterQueue,
  wanted: Wanted,
  out: (text: string) => unknown,
): Promise<Handled> {
  if (wanted.ids.length > 0 && !idsOf(letter).some((id) => wanted.ids.includes(id))) return { letter };
  const move = moveFor(letter, queue, wanted);
  if (wanted.isReal) {
    if (move.kind === 'send') await send(queue, move.to, letter.held.body);
    if (move.kind !== 'keep') await remove(queue, letter.held);
  }
  out(line(letter, move, wanted.isReal));
  return { letter, move };
}

function moveFor(letter: Letter, { sources }: DeadLetterQueue, { to }: Wanted): Move {
  if (to === 'nowhere') return { kind: 'drop', because: '--drop asks for it' };
  const step = stepFor(letter, sources.length > 0);
  return step.kind === 'send' ? { kind: 'send', to } : step;
}

/** What all answer. When one fails, the others are waited for first, so that each has said what it did. */
async function allOf<Value>(works: readonly Promise<Value>[]): Promise<readonly Value[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

const idsOf = ({ held, eventId }: Letter): readonly string[] =>
  eventId === undefined ? [held.id] : [held.id, eventId];

const DID = { send: 'sent', drop: 'dropped', keep: 'kept' } as const;

const verb = (kind: Move['kind'], isReal: boolean): string => (isReal ? DID[kind] : `would ${kind}`);

function line(letter: Letter, move: Move, isReal: boolean): string {
  const rest = move.kind === 'send' ? ` -> ${move.to.name}` : `: ${move.because}`;
  const run =
    move.kind === 'keep' && move.run !== undefined ? `; run this, then delete it with --drop:\n${move.run}` : '';
  return `${verb(move.kind, isReal)} ${letter.held.id} (${letterTitle(letter)})${rest}${run}`;
}

function summary(
  { send: sent, drop: dropped, keep: kept }: Readonly<Record<Move['kind'], number>>,
  isReal: boolean,
): string {
  const did = `${verb('send', isReal)} ${sent}, ${verb('drop', isReal)} ${dropped}, ${verb('keep', isReal)} ${kept}`;
  return isReal ? did : `${did}; nothing was changed, --yes does it`;
}
