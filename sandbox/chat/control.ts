import type { KnownBlock } from '@slack/types';
import { type Fields, isObject, wordOf } from '../json-object.ts';

/** Something in a message or a view that takes a click or an answer: the element as it was sent, and where it is. */
export interface Control {
  /** Slack names the blocks that nobody named. */
  readonly blockId: string;
  readonly actionId: string;
  /** What a person reads on a button or above an input. */
  readonly label: string;
  readonly type: string;
  readonly element: Fields;
  readonly isOptional: boolean;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly more: string;
  /** As Slack sends it back. */
  readonly object: Fields;
}

export const controlsOf = (blocks: readonly KnownBlock[]): readonly Control[] =>
  blocks.flatMap((block, index) => {
    // True: a block is an object with string keys.
    const fields = block as unknown as Fields;
    const blockId = wordOf(fields['block_id'], `b${index}`);
    const { elements, accessory, element, label, optional } = fields;
    const inside = block.type === 'actions' && Array.isArray(elements) ? elements : [accessory, element];
    return inside.filter(isObject).map((it) => ({
      blockId,
      actionId: wordOf(it['action_id']),
      label: textOf(label) || textOf(it['text']) || textOf(it['placeholder']),
      type: wordOf(it['type']),
      element: it,
      isOptional: optional === true,
    }));
  });

/** By its action id or by what is written on it. @throws when there is none, with those that there are */
export function findControl(blocks: readonly KnownBlock[], name: string): Control {
  const controls = controlsOf(blocks);
  const found = controls.find(({ actionId, label }) => actionId === name || label === name);
  if (found !== undefined) return found;
  throw new Error(`there is no ${name}, only: ${controls.map(({ label }) => label).join(', ') || 'nothing to click'}`);
}

export const optionsOf = ({ element }: Control): readonly Option[] => optionsIn(element['options']);

/** Values that are chosen or written before anybody does anything. */
export function initialOf({ element }: Control): readonly string[] {
  const { initial_option: one, initial_options: some, initial_value: text, initial_date_time: time } = element;
  const options = optionsIn([one, ...(Array.isArray(some) ? some : [])]).map(({ value }) => value);
  return [...options, wordOf(text), wordOf(time)].filter((value) => value !== '');
}

/** The answer of a control as Slack sends it: `values` are values of its options or their labels, or what was written. */
export function answered(control: Control, values: readonly string[]): Fields {
  const { type } = control;
  const chosen = (): readonly Fields[] => values.map((value) => optionNamed(control, value).object);
  switch (type) {
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: chosen() };
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: chosen()[0] ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: values[0] === undefined ? null : Number(values[0]) };
    case 'button':
      return { type, value: wordOf(control.element['value']), text: control.element['text'] };
    default:
      return { type, value: values[0] ?? null };
  }
}

function optionNamed(control: Control, name: string): Option {
  const options = optionsOf(control);
  const found = options.find(({ value, label }) => value === name || label === name);
  if (found !== undefined) return found;
  throw new Error(`${control.label} has no ${name}, only: ${options.map(({ label }) => label).join(', ')}`);
}

const optionsIn = (list: unknown): readonly Option[] =>
  (Array.isArray(list) ? list : []).filter(isObject).map((object) => ({
    value: wordOf(object['value']),
    label: textOf(object['text']),
    more: textOf(object['description']),
    object,
  }));

const textOf = (object: unknown): string => (isObject(object) ? wordOf(object['text']) : '');
