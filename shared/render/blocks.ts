import type {
  ActionsBlock,
  ContextBlock,
  HeaderBlock,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
  SectionBlock,
} from '@slack/types';
import type { Instant } from '../domain/instant.ts';
import type { Fact, Group, Link, Phrase } from './card.ts';
import { clean, escapeMarkup, oneLine, shorten, shortenEscaped, truncate } from './escape.ts';
import { slackDate } from './moment.ts';

// Limits: https://docs.slack.dev/reference/block-kit/blocks
export const HEADER_LIMIT = 150;
const FIELDS_LIMIT = 10;
const CONTEXT_LIMIT = 1_000;
const PARAGRAPH_LIMIT = 600;
/** ECS names have at most 255 characters; images and free text may have more. */
const NAME_LIMIT = 160;

export const header = (text: string): HeaderBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: shorten(oneLine(text), HEADER_LIMIT), emoji: true },
});

/** Rich text is never parsed as markup, so words of others are safe in it as they are. */
export const paragraph = (phrase: Phrase): RichTextBlock =>
  richText({ type: 'rich_text_section', elements: phrase.map(richPart) });

function richPart(part: Phrase[number]): RichTextElement {
  if (typeof part === 'string') return text(truncate(clean(part), PARAGRAPH_LIMIT));
  if ('instant' in part) return date(part.instant);
  if ('person' in part) return USER.test(part.person) ? mention(part.person) : richPart({ name: part.person });
  return { ...text(shorten(oneLine(part.name), NAME_LIMIT)), style: { code: true } };
}

/** What mentions somebody: `S…` is a user group, `U…` and `W…` are users. Nothing else becomes a mention. */
const MENTION = /^[SUW][A-Z0-9]{2,30}$/;
/** The id of one person in Slack, and nothing that could call a group. */
const USER = /^[UW][A-Z0-9]{2,30}$/;
/** More would drown the message. */
const MENTIONS_LIMIT = 20;

/** A line that notifies, or nothing when no id is one. */
export function mentionLine(ids: readonly string[]): readonly RichTextBlock[] {
  const elements = [...new Set(ids)]
    .filter((id) => MENTION.test(id))
    .slice(0, MENTIONS_LIMIT)
    .map(mention)
    .flatMap((element, index) => (index === 0 ? element : [text(' '), element]));
  return elements.length === 0 ? [] : [richText(section(...elements))];
}

const mention = (id: string): RichTextElement =>
  id.startsWith('S') ? { type: 'usergroup', usergroup_id: id } : { type: 'user', user_id: id };

/** Two columns of label and value. */
export const fields = (facts: readonly Fact[]): SectionBlock => ({
  type: 'section',
  fields: facts.slice(0, FIELDS_LIMIT).map(({ label, value }) => ({
    type: 'mrkdwn',
    text: `*${escapeMarkup(label)}*\n${value.map(markupPart).join('')}`,
  })),
});

function markupPart(part: Phrase[number]): string {
  if (typeof part === 'string') return escapeMarkup(part);
  if ('name' in part) return code(part.name);
  if ('person' in part) return USER.test(part.person) ? `<@${part.person}>` : code(part.person);
  const { timestamp, format, fallback } = slackDate(part.instant);
  return `<!date^${timestamp}^${format}|${fallback}>`;
}

/** Inline code: inside it only the backtick and `&<>` mean anything to Slack. */
const code = (name: string): string => `\`${shortenEscaped(present(oneLine(name)).replaceAll('`', "'"), NAME_LIMIT)}\``;

export const numberedList = (title: string, texts: readonly string[]): RichTextBlock =>
  list(
    title,
    'ordered',
    texts.map((step) => section(...withCode(step))),
  );

/** Advice sets commands and settings in backticks, as the terminal shows them; Slack draws them as code. */
function withCode(step: string): RichTextElement[] {
  const parts = step.split('`');
  if (step === '' || parts.length % 2 === 0) return [text(step)];
  return parts.flatMap((part, index) => {
    if (part === '') return [];
    return index % 2 === 1 ? { ...text(part), style: { code: true } } : text(part);
  });
}

export const groupList = ({ title, entries }: Group): RichTextBlock =>
  list(
    shorten(oneLine(title), NAME_LIMIT),
    'bullet',
    entries.map(({ term, text: rest }) => {
      const shown = truncate(oneLine(rest), PARAGRAPH_LIMIT);
      return term === undefined
        ? section(text(shown))
        : section(bold(shorten(oneLine(term), NAME_LIMIT)), text(` ${shown}`));
    }),
  );

export interface DatedLine {
  readonly at?: Instant;
  /** The id of somebody in Slack, which stands before the text as their name; where only one person reads it, nobody is notified. */
  readonly by?: string;
  readonly text: string;
}

/** What was said, one line each with its instant in the reader's zone; `limit` is in characters of one line. */
export const datedLines = (title: string, lines: readonly DatedLine[], limit: number): RichTextBlock =>
  list(
    shorten(oneLine(title), HEADER_LIMIT),
    'bullet',
    lines.map(({ at, by, text: words }) => {
      const shown = text(truncate(oneLine(words), limit));
      const who = by === undefined ? [] : [mention(by), text(' ')];
      return at === undefined ? section(...who, shown) : section(date(at), text(': '), ...who, shown);
    }),
  );

export const preformatted = (title: string, body: string): RichTextBlock =>
  richText(section(bold(shorten(oneLine(title), NAME_LIMIT))), {
    type: 'rich_text_preformatted',
    elements: [text(body)],
  });

export const context = (line: string): ContextBlock => ({
  type: 'context',
  elements: [{ type: 'plain_text', text: shorten(oneLine(line), CONTEXT_LIMIT), emoji: false }],
});

/** Buttons that open a page. Slack wants an id of each; ours say what they open. */
export const linkButtons = (links: readonly Link[]): ActionsBlock => ({
  type: 'actions',
  elements: links.map(({ label, url }) => ({
    type: 'button',
    action_id: `open-${label.toLowerCase().replaceAll(' ', '-')}`,
    text: { type: 'plain_text', text: label },
    url,
  })),
});

const richText = (...elements: RichTextBlock['elements']): RichTextBlock => ({ type: 'rich_text', elements });
const section = (...elements: RichTextElement[]): RichTextSection => ({ type: 'rich_text_section', elements });
const text = (words: string): RichTextElement & { type: 'text' } => ({ type: 'text', text: present(words) });
const date = (at: Instant): RichTextElement => ({ type: 'date', ...slackDate(at) });
const bold = (words: string): RichTextElement => ({ ...text(words), style: { bold: true } });
/** Slack refuses empty texts. */
const present = (words: string): string => words || '(empty)';
const list = (title: string, style: 'ordered' | 'bullet', elements: RichTextSection[]): RichTextBlock =>
  richText(
    section(bold(title)),
    // Slack refuses a list without entries.
    ...(elements.length === 0 ? [] : [{ type: 'rich_text_list' as const, style, elements }]),
  );
