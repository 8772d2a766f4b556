import { parseArgs } from 'node:util';
import { parseArn, parseServiceArn, parseTaskArn } from '../shared/parse/arn.ts';
import { openAccount } from './account.ts';
import { explainEvents } from './explain/events.ts';
import { type Explanation, explanationLines, explanationText, hasProblem } from './explain/explanation.ts';
import { explainService, recordedIn } from './explain/service.ts';
import { explainTask } from './explain/task.ts';
import { createProgress } from './progress.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';

/**
 * `slackwater explain TASK-ARN | SERVICE-ARN | -f FILE`: what Slack would be told, from a live account, by the pipeline
 * that the functions run; reads only. Answers 0 when nobody has to act and 1 when there is a problem.
 */
export async function explain(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = readArguments(args);
  createProgress(terminal).start(`asking AWS about ${options.arn ?? 'the events'}`);
  const explanation = await explanationOf(options, terminal);
  if (options.json) for (const line of explanationLines(explanation)) terminal.out(line);
  else terminal.out(explanationText(explanation, !options.isPlain && showsColours(terminal)));
  return hasProblem(explanation) ? 1 : 0;
}

interface Options {
  readonly arn?: string;
  readonly file?: string;
  readonly table?: string;
  readonly json: boolean;
  readonly isPlain: boolean;
}

async function explanationOf({ arn = '', file, table }: Options, terminal: Terminal): Promise<Explanation> {
  if (file !== undefined) return explainEvents(file, terminal);
  const now = terminal.clock();
  const task = parseTaskArn(arn);
  if (task !== undefined) return explainTask(task, await openAccount(task.region, terminal), now);
  const service = parseServiceArn(arn);
  if (service === undefined) throw new UsageError(whyNotUsable(arn));
  const account = await openAccount(service.region, terminal);
  const explanation = await explainService(service, account, now);
  return table === undefined ? explanation : { ...explanation, recorded: await recordedIn(table, service, account) };
}

function readArguments(args: readonly string[]): Options {
  const { values, positionals } = understood(() =>
    parseArgs({
      args: [...args],
      options: {
        file: { type: 'string', short: 'f' },
        table: { type: 'string' },
        json: { type: 'boolean', default: false },
        'no-color': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    }),
  );
  const { file, table, json } = values;
  if (positionals.length + (file === undefined ? 0 : 1) !== 1)
    throw new UsageError('give one ARN, or one file with -f');
  const [arn] = positionals;
  if (table !== undefined && parseServiceArn(arn ?? '') === undefined)
    throw new UsageError(
      "--table goes with a service's ARN: incidents are kept by service, which a task's ARN does not name",
    );
  return { json, isPlain: values['no-color'], ...(arn && { arn }), ...(file && { file }), ...(table && { table }) };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids */
function whyNotUsable(text: string): string {
  const [kind = '', ...names] = parseArn(text)?.resource.split('/') ?? [];
  const isShort = (kind === 'task' || kind === 'service') && names.length === 1;
  return isShort
    ? `this ARN is of the short form, which does not name the cluster; give it as ${text.replace(`:${kind}/`, `:${kind}/CLUSTER/`)}`
    : `"${text}" is neither the ARN of a task nor that of a service`;
}

/** https://no-color.org */
const showsColours = ({ isScreen, environment }: Terminal): boolean => isScreen && !environment['NO_COLOR'];
