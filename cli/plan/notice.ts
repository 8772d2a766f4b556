import type { Notice } from '../../shared/domain/incident.ts';
import { mergeNotice, openNotice } from '../../shared/domain/notice-life.ts';
import { parseEvent } from '../../shared/parse/index.ts';
import { readEvents } from '../../shared/parse/sqs-record.ts';
import { readInput, type Terminal, UsageError } from '../terminal.ts';

/** The notice that the AWS Health events of these files make together, pages in any order. Throws a UsageError for others. */
export async function readNotice(files: readonly string[], terminal: Terminal): Promise<Notice> {
  let notice: Notice | undefined;
  for (const file of files) {
    const { name, text } = await readInput(file, terminal.stdin);
    for (const event of readEvents(text)) {
      const parsed = parseEvent(event);
      if (parsed.status === 'malformed') throw new UsageError(`${name}: ${parsed.field}: expected ${parsed.expected}`);
      if (parsed.status === 'ignored') throw new UsageError(`${name}: ${parsed.because}`);
      const { signal } = parsed;
      if (signal.kind !== 'health-notified') throw new UsageError(`${name}: expected an AWS Health event`);
      if (notice !== undefined && notice.eventArn !== signal.eventArn)
        throw new UsageError(`${name}: detail.eventArn: expected pages of one notice`);
      const { at } = signal.envelope;
      notice = notice === undefined ? openNotice(signal, 0, at) : mergeNotice(notice, signal, at);
    }
  }
  if (notice === undefined) throw new UsageError('--notice holds no event');
  return notice;
}
