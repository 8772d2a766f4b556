import { parseArgs } from 'node:util';
import type { Outcome } from '../shared/domain/outcome.ts';
import { readEvents } from '../shared/parse/sqs-record.ts';
import { createReplayer, type Replayed } from './replayer.ts';
import { readInput, type Terminal, UsageError } from './terminal.ts';

/**
 * `slackwater replay FILE...`: recorded events, in order, through the pipeline that the functions run, against an empty
 * store. Answers 0, or 1 when an event was malformed.
 */
export async function replay(args: readonly string[], terminal: Terminal): Promise<number> {
  const { files, json } = readArguments(args);
  const replayer = createReplayer();
  let malformed = 0;
  for (const file of files) {
    const input = await readInput(file, terminal.stdin);
    const events = readEvents(input.text);
    if (events.length === 0)
      throw new UsageError(
        `${input.name} holds no event; expected an EventBridge event, an SQS batch, or one of these a line`,
      );
    for (const event of events) {
      const replayed = await replayer.replay(event);
      if (replayed.outcome.decision === 'malformed') malformed += 1;
      terminal.out(json ? JSON.stringify(toLine(replayed)) : toText(input.name, replayed));
    }
  }
  return malformed > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]): { readonly files: readonly string[]; readonly json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    return { files: positionals.length === 0 ? ['-'] : positionals, json: values.json };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the arguments were not understood', {
      cause: error,
    });
  }
}

/** One object of `--json`. What does not apply is absent. Public contract. */
function toLine({ outcome, messages, effects }: Replayed): Readonly<Record<string, unknown>> {
  const { eventId, kind, decision, reason, because, subject, cause, confidence, severity, incident } = outcome;
  return {
    event: eventId,
    kind,
    decision,
    reason,
    because,
    subject,
    cause,
    confidence,
    severity,
    incident,
    messages,
    effects,
  };
}

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
