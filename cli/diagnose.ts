import { parseArgs } from 'node:util';
import type { Diagnosis } from '../shared/domain/diagnosis/diagnosis.ts';
import { oneLine } from '../shared/render/escape.ts';
import { wrap } from '../shared/render/wrap.ts';
import { answerLine, diagnosisLine } from './diagnose/line.ts';
import { readLines } from './lines.ts';
import { type Terminal, understood } from './terminal.ts';

/**
 * `slackwater diagnose [FILE...]`: JSON Lines in, JSON Lines out, line by line and in order; no network. Answers 0, or 1
 * when a line was not understood; its error then stands in its place.
 */
export async function diagnose(args: readonly string[], terminal: Terminal): Promise<number> {
  const { files, toText } = readArguments(args);
  let wrong = 0;
  for (const file of files) {
    let lineNumber = 0;
    for await (const line of readLines(file, terminal.stdin)) {
      if (terminal.gone.aborted) return 0;
      lineNumber += 1;
      if (line.trim() === '') continue;
      const answer = answerLine(line);
      if (answer.status === 'diagnosed') {
        terminal.out((toText ? diagnosisText : diagnosisLine)(answer.id, answer.diagnosis));
      } else {
        wrong += 1;
        const error = `${files.length > 1 ? `${file}, ` : ''}line ${lineNumber}: ${answer.problem}`;
        terminal.out(toText ? `${error}\n` : JSON.stringify({ id: answer.id, error }));
      }
    }
  }
  return wrong > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]): { readonly files: readonly string[]; readonly toText: boolean } {
  const options = { text: { type: 'boolean', default: false } } as const;
  const { values, positionals } = understood(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  return { files: positionals.length === 0 ? ['-'] : positionals, toText: values.text };
}

const WIDTH = 100;

function diagnosisText(id: unknown, { cause, confidence, benign, summary, fix, evidence }: Diagnosis): string {
  const name = id === undefined ? '' : `${typeof id === 'string' ? id : JSON.stringify(id)}: `;
  return [
    oneLine(`${name}${cause}, ${confidence}${benign ? ', nobody has to act' : ''}`),
    ...indented(summary),
    ...fix.flatMap((step, index) => indented(`${index + 1}. ${step}`)),
    ...evidence.flatMap(({ field, text }) => indented(`${field}: ${text}`)),
    '',
  ].join('\n');
}

const indented = (text: string): readonly string[] => wrap(oneLine(text), WIDTH - 2).map((line) => `  ${line}`);
