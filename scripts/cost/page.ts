import { ESTATES, MONTHS, type Month } from './estates.ts';
import { KINDS, type Kind } from './kinds.ts';
import { countsOf, dollarsAMillion, GROUPS, type Measured, monthBill, partOf } from './month.ts';
import { dollarsBeyondFree, LIST_PRICES, PRICED, totalOf } from './prices.ts';

/** What the page is computed from. */
export interface Counted {
  readonly measured: Measured;
  /** Metrics that the stack's alarms look at. */
  readonly alarmMetrics: number;
}

const BEGIN = '<!-- Written by npm run cost; edit scripts/cost/ instead. -->\n';
const END = '<!-- End of the written part. -->\n';

/** The page with current numbers. Throws when the marks around them are gone. */
export function withNumbers(page: string, counted: Counted): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('docs/cost.md has lost the marks around its numbers');
  return page.slice(0, begin) + BEGIN + numbers(counted) + page.slice(end);
}

const numbers = (counted: Counted): string =>
  `\n${[months(counted), parts(counted), counts(), kinds(counted.measured), prices()].join('\n')}\n`;

/** `12.34`; of a thousand on without cents. */
export const usd = (dollars: number): string => (dollars < 1_000 ? dollars.toFixed(2) : dollars.toFixed(0));

const CASES = ESTATES.flatMap((services) => MONTHS.map((month) => ({ services, month })));

function months(counted: Counted): string {
  const rows = CASES.map(({ services, month }) => {
    const bill = monthBill(services, month, counted);
    const free = totalOf(bill, dollarsBeyondFree);
    return `| ${services} | ${month.name} | ${usd(totalOf(bill))} | ${usd(free)} |`;
  });
  return section(
    'A month, in USD',
    ['| Services | Month | List price | Beyond what an account has free |', '| ---: | --- | ---: | ---: |', ...rows],
    `List prices of us-east-1, ${PRICED}. The last column takes off what every account has free each month, for good, as if nothing else in the account used it.`,
  );
}

function parts(counted: Counted): string {
  const names = Object.keys(GROUPS);
  const rows = CASES.map(({ services, month }) => {
    const bill = monthBill(services, month, counted);
    const cells = Object.values(GROUPS).map((group) => usd(totalOf(partOf(bill, group))));
    return `| ${services}, ${month.name} | ${cells.join(' | ')} |`;
  });
  return section('Where it goes, in USD at list price', [
    `| Services, month | ${names.join(' | ')} |`,
    `| --- | ${names.map(() => '---:').join(' | ')} |`,
    ...rows,
  ]);
}

function counts(): string {
  const lines = MONTHS.map((month) => `- **${month.name}**: ${month.sentence}. ${ofHundred(month)}`);
  return section('What is taken to happen', lines);
}

function ofHundred(month: Month): string {
  const listed = countsOf(100, month).filter(([kind]) => kind !== 'minute');
  return `With 100 services: ${listed.map(([kind, count]) => `${count.toLocaleString('en')} \`${kind}\``).join(', ')}.`;
}

function kinds(measured: Measured): string {
  // The cast is true: they are the keys of that object.
  const rows = (Object.entries(KINDS) as [Kind, string][]).map(([kind, sentence]) => {
    const { writeUnits = 0, readUnits = 0, gigabyteSecond = 0, queueRequests = 0, logGigabytes = 0 } = measured[kind];
    const cells = [writeUnits, readUnits, queueRequests, gigabyteSecond * 2_000, logGigabytes].map((n) => n.toFixed(1));
    return `| \`${kind}\` | ${sentence} | ${cells.join(' | ')} | ${usd(dollarsAMillion(measured[kind]))} |`;
  });
  return section('What one of each takes', [
    '| Kind | What it is | Write units | Read units | SQS requests | Lambda ms | Log bytes | USD a million |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ]);
}

function prices(): string {
  const rows = Object.values(LIST_PRICES).map(
    ({ usd: dollars, per, of, free, source }) =>
      `| ${of} | ${dollars} | ${amount(per)} | ${free === 0 ? 'none' : amount(free)} | [AWS](${source}) |`,
  );
  return section(`Prices of us-east-1, ${PRICED}`, [
    '| What | USD | For | Free each month | Source |',
    '| --- | ---: | ---: | ---: | --- |',
    ...rows,
  ]);
}

const amount = (count: number): string =>
  count % 2 ** 30 === 0 ? `${count / 2 ** 30} GB` : count.toLocaleString('en');

const section = (title: string, lines: readonly string[], after = ''): string =>
  `## ${title}\n\n${lines.join('\n')}\n${after === '' ? '' : `\n${after}\n`}`;
