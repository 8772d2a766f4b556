import type { Instant } from '../../shared/domain/instant.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { type Letter, letterTitle, times } from './letter.ts';
import type { DeadLetterQueue } from './queue.ts';
import { type Step, stepFor } from './step.ts';
import { queueName } from './url.ts';

/** One object of `--json`. What does not apply is absent. Public contract. */
export function listingLine(letter: Letter, queue: DeadLetterQueue) {
  const { held, eventId, source, detailType, subject, because } = letter;
  const { kind: redrive, ...step } = stepOf(letter, queue);
  return {
    queue: queue.url,
    id: held.id,
    sentAt: held.sentAt === undefined ? undefined : new Date(held.sentAt).toISOString(),
    received: held.received,
    event: eventId,
    source,
    detailType,
    subject,
    because,
    redrive,
    redriveBecause: 'because' in step ? step.because : undefined,
    run: 'run' in step ? step.run : undefined,
  };
}

/** The letters of one queue, for people. */
export function listing(letters: readonly Letter[], queue: DeadLetterQueue): string {
  const more = queue.count - letters.length;
  return [
    `${queue.name}: ${letters.length === 0 ? 'empty' : messages(letters.length)}`,
    ...letters.map((letter) => `\n${paragraph(letter, stepOf(letter, queue), queue)}`),
    ...(more > 0 ? [`\nand about ${more} more; --limit shows more at once`] : []),
    '',
  ].join('\n');
}

const messages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`);

const stepOf = (letter: Letter, { sources }: DeadLetterQueue): Step => stepFor(letter, sources.length > 0);

function paragraph(letter: Letter, step: Step, { sources }: DeadLetterQueue): string {
  const { held, eventId, because } = letter;
  const [source, ...others] = sources.map(queueName);
  const rows = {
    message: `${held.id}${eventId === undefined ? '' : `, event ${eventId}`}`,
    sent: `${moment(held.sentAt)}, received ${times(held.received)}`,
    why: because,
    redrive: stepSentence(step, source === undefined || others.length > 0 ? 'the queue that --to names' : source),
  };
  return [`  ${letterTitle(letter)}`, ...Object.entries(rows).map(([key, row]) => `    ${key.padEnd(7)}  ${row}`)].join(
    '\n',
  );
}

function stepSentence(step: Step, to: string): string {
  switch (step.kind) {
    case 'send':
      return `sends it to ${to}`;
    case 'drop':
      return `drops it: ${step.because}`;
    case 'keep':
      return `keeps it: ${step.because}${step.run === undefined ? '' : '; it prints what to run instead'}`;
  }
}

const moment = (at: Instant | undefined): string => (at === undefined ? 'at an unknown time' : utcMinute(at));
