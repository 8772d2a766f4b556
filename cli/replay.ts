import { parseArgs } from 'node:util';
import type { Outcome } from '../shared/domain/outcome.ts';
import { readEvents } from '../shared/parse/sqs-record.ts';
import { plural } from '../shared/render/listing.ts';
import { createProgress } from './progress.ts';
import { createReplayer, type Replayed } from './replay/replayer.ts';
import { readInput, type Terminal, UsageError, understood } from './terminal.ts';

/**
 * `slackwater replay FILE...`: recorded events, in order, through the pipeline that the functions run, against an empty
 * store. Answers 0, or 1 when an event was malformed.
 */
export async function replay(args: readonly string[], terminal: Terminal): Promise<number> {
  const { files, json } = readArguments(args);
  const replayer = createReplayer();
  const progress = createProgress(terminal);
  let malformed = 0;
  let done = 0;
  progress.start(`replaying ${plural(files.length, 'file')}`);
  for (const file of files) {
    const input = await readInput(file, terminal.stdin);
    const events = readEvents(input.text);
    if (events.length === 0)
      throw new UsageError(
        `${input.name} holds no event; expected an EventBridge event, an SQS batch, or one of these a line`,
      );
    for (const event of events) {
      progress.at(done++);
      const replayed = await replayer.replay(event);
      if (replayed.outcome.decision === 'malformed') malformed += 1;
      terminal.out(json ? JSON.stringify(toLine(replayed)) : toText(input.name, replayed));
    }
  }
  return malformed > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]): { readonly files: readonly string[]; readonly json: boolean } {
  const options = { json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = understood(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  return { files: positionals.length === 0 ? ['-'] : positionals, json: values.json };
}

/** One object of `--json`. What does not apply is absent. Public contract. */
const toLine = ({ outcome, messages, effects }: Replayed) => ({ ...outcomeLine(outcome), messages, effects });

/** The part of a line that comes from what became of the event. */
export const outcomeLine = (outcome: Outcome) => {
  const { eventId, kind, decision, reason, because, subject, cause, confidence, severity, incident } = outcome;
  return { event: eventId, kind, decision, reason, because, subject, cause, confidence, severity, incident };
};

function toText(file: string, { outcome, messages, effects, card }: Replayed): string {
  const lines = [
    `${outcome.decision.toUpperCase()} (${outcome.reason})  ${outcome.subject ?? outcome.kind}  ${diagnosisOf(outcome)}`.trimEnd(),
    `  ${file}${outcome.eventId ? `, event ${outcome.eventId}` : ''}`,
    `  ${outcome.because}`,
  ];
  if (messages.length > 0 && card !== undefined)
    lines.push('', ...card.split('\n').map((line) => `    ${line}`.trimEnd()));
  if (effects.length > 0) lines.push('', `  would ${effects.map(describe).join(', then ')}`);
  return `${lines.join('\n')}\n`;
}

const diagnosisOf = ({ cause, confidence, severity }: Outcome): string =>
  [cause, confidence, severity && `severity ${severity}`].filter((word) => word !== undefined).join(', ');

const describe = (effect: Replayed['effects'][number]): string =>
  effect.kind === 'save'
    ? `save ${effect.record}`
    : `${effect.kind === 'post' ? 'tell' : 'edit the message at'} ${effect.destination}`;
