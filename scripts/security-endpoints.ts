import type { Template } from '../sandbox/eventbridge/template.ts';
import { type Holder, holdersOf } from './security-rows.ts';
import { sentenceOf } from './security-sentences.ts';
import { switchText } from './security-text.ts';

/** Last part of an endpoint's name `com.amazonaws.REGION.…`, where it is not IAM's prefix of the service. */
const ENDPOINTS: Readonly<Record<string, string>> = { cloudwatch: 'monitoring', ecr: 'ecr.api' };

/** Has no endpoint, and is asked by no function: IAM looks at it when another service is called. */
const WITHOUT_ENDPOINT = 'iam';

/** Which VPC endpoints each function needs, by the calls that its role allows. */
export function endpointTable(template: Template): string {
  const holders = holdersOf(template);
  const roles = holders.filter(
    ({ type, rows }) => type === 'AWS::IAM::Role' && rows.some(({ sid }) => sid === 'OwnLogs'),
  );
  const rows = roles.map((role) => {
    const needed = servicesOf(role, holders);
    const always = needed.filter(([, text]) => text === 'always').map(([service]) => code(service));
    const sometimes = needed
      .filter(([, text]) => text !== 'always')
      .map(([service, text]) => `${code(service)} (${text})`);
    return `| \`${role.logicalId.replace(/Role$/, '')}\` | ${always.join(', ')} | ${sometimes.join('; ')} |\n`;
  });
  return `| Function | Always | With |\n| --- | --- | --- |\n${rows.join('')}`;
}

/** Each service once, under the fewest switches. */
function servicesOf(role: Holder, holders: readonly Holder[]): readonly (readonly [string, string])[] {
  const attached = role.policies.flatMap(({ logicalId, switches }) =>
    (holders.find((holder) => holder.logicalId === logicalId)?.rows ?? []).map((row) => ({
      ...row,
      switches: [...switches, ...row.switches],
    })),
  );
  const calls = [...role.rows, ...attached].filter(({ sid }) => sentenceOf(sid).isByAws !== true);
  const asked = calls.flatMap(({ actions, switches }) =>
    actions.map((action) => ({ service: action.split(':')[0] ?? '', text: switchText(switches) })),
  );
  // The shortest last, because a map keeps the last.
  const longestFirst = asked
    .filter(({ service }) => service !== WITHOUT_ENDPOINT)
    .sort((a, b) => rank(b.text) - rank(a.text));
  const bySwitch = new Map(longestFirst.map(({ service, text }) => [ENDPOINTS[service] ?? service, text] as const));
  return [...bySwitch].sort(([a], [b]) => a.localeCompare(b, 'en'));
}

const rank = (text: string): number => (text === 'always' ? 0 : text.length);

const code = (text: string): string => `\`${text}\``;
