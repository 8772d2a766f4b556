import type { SlackMessage } from '../../shared/render/message.ts';

/** Where `msg_blocks_too_long` was seen to begin; Slack does not publish it. */
const BYTES_LIMIT = 13_000;

/** Longest text and most members, by the type of the object. https://docs.slack.dev/reference/block-kit/blocks */
const TEXT_LIMITS: ReadonlyMap<string, number> = new Map([
  ['header', 150],
  ['section', 3_000],
  ['button', 75],
]);
const ELEMENTS_LIMITS: ReadonlyMap<string, number> = new Map([
  ['context', 10],
  ['actions', 25],
]);
const FIELDS_LIMIT = 10;
const FIELD_LIMIT = 2_000;
const URL_LIMIT = 3_000;
const ACTION_ID_LIMIT = 255;
const VALUE_LIMIT = 2_000;
/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const CONFIRM_LIMITS = { title: 100, text: 300, confirm: 30, deny: 30 };

/** What only Slack's own syntax may create: mentions, channels, links. The one form that is ours is the date. */
const FOREIGN_MARKUP = /<(?!!date\^\d+\^[^|<>]*\|[^|<>]*>)/;

/** What Slack would refuse or misread in the message, which may name `people`, in words. Empty when there is nothing. */
export function slackLimitProblems(message: SlackMessage, people: readonly string[] = []): readonly string[] {
  const bytes = Buffer.byteLength(JSON.stringify(message.blocks));
  const named = people.reduce((blocks, id) => blocks.replaceAll(`<@${id}>`, id), JSON.stringify(message.blocks));
  const texts = [...within(JSON.parse(named))].flatMap(([path, thing]) =>
    objectProblems(thing).map((problem) => `${path}: ${problem}`),
  );
  return [
    ...unless(count(message.text) > 0 && count(message.text) <= 150, `text of ${count(message.text)} characters`),
    ...unless(!FOREIGN_MARKUP.test(message.text), 'text with markup of others'),
    ...unless(message.blocks.length > 0 && message.blocks.length <= 50, `${message.blocks.length} blocks`),
    ...unless(bytes <= BYTES_LIMIT, `${bytes} bytes of blocks`),
    ...texts,
  ];
}

type Thing = Readonly<Record<string, unknown>>;

/** Every object inside of the value, with its path. */
function* within(value: unknown, path = 'blocks'): Generator<[string, Thing]> {
  if (typeof value !== 'object' || value === null) return;
  // The cast is true: what is an object has string keys and values that nothing is known of.
  if (!Array.isArray(value)) yield [path, value as Thing];
  for (const [key, child] of Object.entries(value)) yield* within(child, `${path}.${key}`);
}

function objectProblems(thing: Thing): readonly string[] {
  const { text, url, fields, elements, action_id: actionId } = thing;
  const type = String(thing['type']);
  return [
    ...(typeof text === 'string' ? textProblems(type, text) : []),
    ...unless(textLength(text) <= (TEXT_LIMITS.get(type) ?? Number.POSITIVE_INFINITY), `${type} too long`),
    ...unless(url === undefined || (isText(url) && url.length <= URL_LIMIT && URL.canParse(url)), 'bad url'),
    ...unless(actionId === undefined || (isText(actionId) && actionId.length <= ACTION_ID_LIMIT), 'bad action_id'),
    ...unless(thing['value'] === undefined || isValue(thing['value']), 'bad value'),
    ...confirmProblems(thing['confirm']),
    ...unless(!('block_id' in thing), 'a block_id'),
    ...unless(hasBetween(elements, ELEMENTS_LIMITS.get(type)), `bad number of elements of ${type}`),
    ...unless(hasBetween(fields, FIELDS_LIMIT), 'bad number of fields'),
    ...unless(!Array.isArray(fields) || fields.every((field) => textLength(field) <= FIELD_LIMIT), 'field too long'),
  ];
}

const textProblems = (type: string, text: string): readonly string[] => [
  ...unless(text !== '', `empty text in ${type}`),
  ...unless(text.isWellFormed(), 'half a character'),
  ...unless(!/[\p{Cc}--[\n\t]]/v.test(text), 'control character'),
  ...unless(type !== 'mrkdwn' || !FOREIGN_MARKUP.test(text), 'markup of others'),
];

const unless = (isRight: boolean, problem: string): readonly string[] => (isRight ? [] : [problem]);

const isText = (value: unknown): value is string => typeof value === 'string';

const isValue = (value: unknown): boolean => isText(value) && value.length <= VALUE_LIMIT;

/** A confirmation; the word on its button is called `confirm` too. */
function confirmProblems(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || !('title' in value)) return [];
  // The cast is true: it is an object.
  const dialog = value as Thing;
  return Object.entries(CONFIRM_LIMITS).flatMap(([name, most]) => {
    const length = textLength(dialog[name]);
    return unless(length > 0 && length <= most, `${name} of ${length} characters in a confirmation`);
  });
}

const hasBetween = (list: unknown, most = Number.POSITIVE_INFINITY): boolean =>
  !Array.isArray(list) || (list.length > 0 && list.length <= most);

/** Characters of a text object, `{ text: '…' }`; 0 for anything else. */
const textLength = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'text' in value && isText(value.text) ? count(value.text) : 0;

const count = (text: string): number => Array.from(text).length;
