import { styleText } from 'node:util';
import { clean } from '../../shared/render/escape.ts';
import { CHECKS, type Finding, type Status } from './finding.ts';

type Style = Parameters<typeof styleText>[0];

/** In the order of the last line. */
const STYLES: Readonly<Record<Status, Style>> = {
  fail: ['bold', 'red'],
  warn: ['bold', 'yellow'],
  'not-checked': 'dim',
  ok: 'green',
};

const MARKS: Readonly<Record<Status, string>> = { fail: 'FAIL', warn: 'warn', 'not-checked': '?', ok: 'ok' };

/** Columns of the mark and the title. */
const MARK = 5;
const TITLE = Math.max(...Object.values(CHECKS).map(({ length }) => length)) + 2;

/** One finding for people: a line of what was seen, and one of what to do. */
export function findingText({ check, status, seen, todo }: Finding, hasColours: boolean): string {
  const mark = hasColours ? painted(status, MARKS[status].padEnd(MARK)) : MARKS[status].padEnd(MARK);
  const line = `${mark}${CHECKS[check].padEnd(TITLE)}${clean(seen)}`;
  return todo === undefined ? line : `${line}\n${' '.repeat(MARK + TITLE)}-> ${clean(todo)}`;
}

/** `1 fail, 2 warn, 3 not checked, 12 ok`. */
export function summaryText(findings: readonly Finding[], hasColours: boolean): string {
  return Object.keys(STYLES)
    .flatMap((status) => {
      const count = findings.filter((finding) => finding.status === status).length;
      // True because these are the keys of a record of statuses.
      const text = `${count} ${status.replace('-', ' ')}`;
      return count === 0 ? [] : [hasColours ? painted(status as Status, text) : text];
    })
    .join(', ');
}

const painted = (status: Status, text: string): string => styleText(STYLES[status], text, { validateStream: false });
