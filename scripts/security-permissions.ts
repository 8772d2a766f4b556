import type { Template } from '../sandbox/eventbridge/template.ts';
import { type Holder, holdersOf, type Row } from './security-rows.ts';
import { sentenceOf } from './security-sentences.ts';
import { switchText } from './security-text.ts';

/** A heading, a paragraph and a table for everything of a template that grants something. */
export const permissionTables = (template: Template): string => holdersOf(template).map(section).join('\n');

function section(holder: Holder): string {
  const facts = [holder.description, existence(holder), trust(holder), policies(holder)].filter((text) => text !== '');
  const paragraph = facts.length === 0 ? '' : `${facts.join(' ')}\n\n`;
  return `### ${holder.logicalId}\n\n${paragraph}${table(holder.rows)}`;
}

const existence = ({ switches }: Holder): string =>
  switches.length === 0 ? '' : `Exists only with: ${switchText(switches)}.`;

const trust = ({ trusted }: Holder): string =>
  trusted.length === 0 ? '' : `Taken by ${trusted.map(trustee).join(' and ')}.`;

const trustee = ({ sid, service, conditions }: Row): string => {
  const who = service !== '' ? code(service) : sentenceOf(sid).why.replace(/ takes? the role$/, '');
  return conditions.length === 0 ? who : `${who}, under ${conditions.map(code).join(' and ')}`;
};

const policies = ({ policies: named }: Holder): string =>
  named.length === 0
    ? ''
    : `Has as well: ${named.map(({ logicalId, switches }) => `[${logicalId}](#${logicalId.toLowerCase()}) (${switchText(switches)})`).join(', ')}.`;

const HEAD = '| Statement | Actions | On | Condition | Exists with | Why |\n| --- | --- | --- | --- | --- | --- |\n';

const table = (rows: readonly Row[]): string => (rows.length === 0 ? '' : HEAD + rows.map(row).join(''));

function row({ sid, effect, actions, resources, conditions, switches }: Row): string {
  const { why, wide } = sentenceOf(sid);
  const cells = [
    effect === 'Deny' ? `${sid} (deny)` : sid,
    lines(actions),
    lines(resources),
    lines(conditions),
    switchText(switches),
    wide === undefined ? why : `${why}. Wide: ${wide}`,
  ];
  return `| ${cells.join(' | ')} |\n`;
}

const lines = (texts: readonly string[]): string => texts.map(code).join('<br>');

const code = (text: string): string => `\`${text}\``;
