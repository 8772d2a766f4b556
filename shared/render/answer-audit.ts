import type { AuditEntry } from '../domain/chat/audit.ts';
import { answerMessage } from './answer-message.ts';
import { type DatedLine, datedLines } from './blocks.ts';
import { plural } from './listing.ts';
import type { SlackMessage } from './message.ts';

/** Characters of one line. */
const LINE_LIMIT = 250;

/** Who decided what, in the order given; `target` where only one thing was asked about. */
export function renderAudit(entries: readonly AuditEntry[], target?: string): SlackMessage {
  const about = target === undefined ? [] : [' about ', { name: target }];
  if (entries.length === 0) return answerMessage(['Nobody has decided anything', ...about, ' that is kept.']);
  return answerMessage([`The last ${plural(entries.length, 'decision')}`, ...about, ', the newest first.'], {
    blocks: [datedLines('Audit', entries.map(auditLine), LINE_LIMIT)],
  });
}

/** `@ada mute harbor-prod/checkout: done. Nobody is told …`; a name of the command line is told as such. */
export function auditLine({ at, by, via, action, target, verdict, because }: AuditEntry): DatedLine {
  const text = `${action} ${target}: ${verdict}. ${because}`;
  return via === 'slack' && USER.test(by) ? { at, by, text } : { at, text: `${by} (${via}) ${text}` };
}

/** https://docs.slack.dev/reference/objects/user-object */
const USER = /^[UW][A-Z0-9]{2,30}$/;
