import type { ModalView } from '@slack/types';

/** Longest texts. https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const LIMITS = { title: 24, submit: 24, close: 24, option: 75, description: 75, value: 150, metadata: 3_000 };

/** What Slack would refuse in a modal, in words. Empty when there is nothing. */
export function modalProblems(view: ModalView): readonly string[] {
  const { title, submit, close, blocks, private_metadata: metadata = '' } = view;
  const names = [...within(blocks)].flatMap(({ action_id: name }) => (typeof name === 'string' ? name : []));
  return [
    ...unless(title.text.length <= LIMITS.title, 'title'),
    ...unless((submit?.text ?? '').length <= LIMITS.submit, 'submit'),
    ...unless((close?.text ?? '').length <= LIMITS.close, 'close'),
    ...unless(blocks.length >= 1 && blocks.length <= 100, `${blocks.length} blocks`),
    ...unless(metadata.length <= LIMITS.metadata, `metadata of ${metadata.length}`),
    ...unless(new Set(names).size === names.length, 'two fields of one name'),
    ...unless(submit !== undefined || !blocks.some(({ type }) => type === 'input'), 'input without submit'),
    ...[...within(blocks)].flatMap(thingProblems),
  ];
}

type Thing = Readonly<Record<string, unknown>>;

function* within(value: unknown): Generator<Thing> {
  if (typeof value !== 'object' || value === null) return;
  // The cast is true: what is an object has string keys and values that nothing is known of.
  if (!Array.isArray(value)) yield value as Thing;
  for (const child of Object.values(value)) yield* within(child);
}

function thingProblems({ type, text, options, value, description }: Thing): readonly string[] {
  const isOption = typeof value === 'string' && type === undefined;
  return [
    ...unless(text !== '', `empty text in ${String(type)}`),
    ...unless(!isOption || value.length <= LIMITS.value, 'value of an option'),
    ...unless(!isOption || lengthOf(text) <= LIMITS.option, 'text of an option'),
    ...unless(lengthOf(description) <= LIMITS.description, 'description of an option'),
    ...unless(!Array.isArray(options) || (options.length >= 1 && options.length <= 100), 'number of options'),
    ...unless(type !== 'radio_buttons' || (Array.isArray(options) && options.length <= 10), 'number of radio buttons'),
  ];
}

/** Characters of a text object; 0 for anything else. */
const lengthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'text' in value ? Array.from(String(value.text)).length : 0;

const unless = (isRight: boolean, problem: string): readonly string[] => (isRight ? [] : [problem]);
