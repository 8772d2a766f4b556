import type { InputBlock, PlainTextOption } from '@slack/types';
import { type Instant, seconds } from '../domain/instant.ts';
import { oneLine, shorten } from './escape.ts';
import { OPTION_LIMIT, OPTIONS_LIMIT } from './modal.ts';

/** Something that can be chosen. */
export interface Option {
  /** Ours: at most 150 characters. */
  readonly value: string;
  readonly text: string;
  readonly more?: string;
}

interface Field {
  /** By which the submission names it. */
  readonly name: string;
  readonly label: string;
}

const optionOf = ({ value, text, more }: Option): PlainTextOption => ({
  value,
  text: plain(text, OPTION_LIMIT),
  ...(more !== undefined && { description: plain(more, OPTION_LIMIT) }),
});

const plain = (text: string, limit: number) =>
  ({ type: 'plain_text', text: shorten(oneLine(text), limit) || '-' }) as const;

/** Any of up to 100 options, at least one. */
export const choosingSome = (field: Field, options: readonly Option[], first: readonly Option[] = []): InputBlock => ({
  type: 'input',
  label: plain(field.label, 2_000),
  element: {
    type: 'multi_static_select',
    action_id: field.name,
    options: options.slice(0, OPTIONS_LIMIT).map(optionOf),
    ...(first.length > 0 && { initial_options: first.slice(0, OPTIONS_LIMIT).map(optionOf) }),
  },
});

/** One of up to ten; the first is chosen already. */
export const choosingOne = (field: Field, [first, ...others]: readonly [Option, ...Option[]]): InputBlock => ({
  type: 'input',
  label: plain(field.label, 2_000),
  element: {
    type: 'radio_buttons',
    action_id: field.name,
    options: [first, ...others].map(optionOf),
    initial_option: optionOf(first),
  },
});

export const enteringText = (field: Field, { most }: { readonly most: number }): InputBlock => ({
  type: 'input',
  optional: true,
  label: plain(field.label, 2_000),
  element: { type: 'plain_text_input', action_id: field.name, max_length: most },
});

/** A date and a time in the reader's zone; comes back as seconds since 1970. */
export const choosingMoment = (field: Field, initial: Instant): InputBlock => ({
  type: 'input',
  label: plain(field.label, 2_000),
  element: {
    type: 'datetimepicker',
    action_id: field.name,
    initial_date_time: Math.floor(initial / seconds(1)),
  },
});
