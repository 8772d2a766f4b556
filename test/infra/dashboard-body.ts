import type { ResolvedTemplate } from '../../sandbox/eventbridge/template.ts';
import { field, listOf, textOf } from './statements.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export interface Widget {
  readonly type: 'text' | 'alarm' | 'log' | 'metric';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A metric as a widget names it, spelled out. */
export interface NamedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly id?: string;
}

/** The widgets of the dashboard. Throws for a body that is not JSON. */
export function widgetsOf(template: ResolvedTemplate): readonly Widget[] {
  const body = textOf(template.resources['OperationsDashboard']?.properties['DashboardBody']);
  // True as far as CloudWatch takes it; what the tests rely on they look at.
  return (JSON.parse(body) as { readonly widgets: readonly Widget[] }).widgets;
}

/** The metrics of a widget with `...` and `.` written out, which stand for what the one before has in that place. */
export function metricsIn({ properties }: Widget): readonly NamedMetric[] {
  let before: readonly string[] = [];
  return rowsOf(properties['metrics']).flatMap((row): NamedMetric[] => {
    const options = row.find((part) => typeof part === 'object') ?? {};
    const short = row.filter((part) => typeof part === 'string');
    if (short.length === 0) return [];
    before = written(short, before);
    const [namespace = '', name = '', ...rest] = before;
    const id = 'id' in options ? { id: String(options.id) } : {};
    return [{ namespace, name, dimensions: Object.fromEntries(pairsOf(rest)), ...id }];
  });
}

/** The formulas of a widget. */
export const expressionsIn = ({ properties }: Widget): readonly string[] =>
  rowsOf(properties['metrics']).flatMap((row) =>
    row.flatMap((part) => (typeof part === 'object' && 'expression' in part ? [String(part.expression)] : [])),
  );

type Row = readonly (string | object)[];

// True of every metric widget: a list of rows, each of texts and at most one object.
const rowsOf = (metrics: unknown): readonly Row[] => (metrics ?? []) as readonly Row[];

function written(short: readonly string[], before: readonly string[]): readonly string[] {
  if (short[0] === '...') return [...before.slice(0, before.length - (short.length - 1)), ...short.slice(1)];
  return short.map((part, index) => (part === '.' ? (before[index] ?? '') : part));
}

const pairsOf = (parts: readonly string[]): readonly (readonly [string, string])[] =>
  parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? ''] as const] : []));

/** Names that a Logs Insights query takes from log lines; not those that it makes itself. */
export function fieldsIn(query: string): ReadonlySet<string> {
  const bare = query.replaceAll(/'[^']*'|\/[^/\n]*\//g, "''").replaceAll(/\bSOURCE ''/g, '');
  const made = new Set([...bare.matchAll(/\bas (\w+)/g)].map(([, name = '']) => name));
  const words = [...bare.matchAll(/(?<![\w.@])[A-Za-z][\w.]*(?!\w*\()/g)].map(([word]) => word);
  return new Set(words.filter((word) => !KEYWORDS.has(word) && !made.has(word)));
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
const KEYWORDS: ReadonlySet<string> = new Set(
  'fields filter stats sort limit as by in like and or not asc desc h d'.split(' '),
);

/** Log groups that a log widget reads. */
export const sourcesIn = (query: string): readonly string[] =>
  [...query.matchAll(/SOURCE '([^']+)'/g)].map(([, group = '']) => group);

/** Saved queries: what they ask, and of which log groups. */
export const savedQueries = (template: ResolvedTemplate) =>
  Object.values(template.resources)
    .filter(({ type }) => type === 'AWS::Logs::QueryDefinition')
    .map(({ logicalId, properties }) => ({
      logicalId,
      name: textOf(field(properties, 'Name')),
      groups: listOf(properties['LogGroupNames']).map(textOf),
      query: textOf(properties['QueryString']),
    }));
