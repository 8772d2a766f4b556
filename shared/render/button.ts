import type { ActionsBlock, Button as SlackButton } from '@slack/types';
import { actionId, BUTTON_VALUE_LIMIT, bindOf, buttonValue, type ChatAction } from '../domain/chat/button.ts';
import type { AnnouncedRecord } from '../domain/incident.ts';
import { oneLine, shorten } from './escape.ts';

/** A button of a card, before it is known what it is about. Texts may name what others have named. */
export interface CardButton {
  readonly action: ChatAction;
  /** Ends in `…` where something is asked first. */
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  /** Asked before anything is sent; says what the click comes to. */
  readonly confirm?: Confirm;
  readonly more?: string;
}

interface Confirm {
  readonly title: string;
  readonly text: string;
  /** The words of the button that confirms it. */
  readonly yes: string;
}

// Limits: https://docs.slack.dev/reference/block-kit/block-elements/button-element and
// https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
const LABEL_LIMIT = 75;
const TITLE_LIMIT = 100;
const TEXT_LIMIT = 300;
const YES_LIMIT = 30;

/** More would drown what the message says. */
export const BUTTONS_LIMIT = 5;

/** The first five buttons. None at all where the record's name is too long for a value: commands are left for those. */
export function buttonRow(record: AnnouncedRecord, buttons: readonly CardButton[]): readonly ActionsBlock[] {
  const bind = bindOf(record);
  const elements = buttons.slice(0, BUTTONS_LIMIT).map((button) => slackButton(button, record, bind));
  const fits = elements.every(({ value = '' }) => value.length <= BUTTON_VALUE_LIMIT);
  return elements.length > 0 && fits ? [{ type: 'actions', elements }] : [];
}

function slackButton(button: CardButton, { fingerprint: about }: AnnouncedRecord, bind: string): SlackButton {
  const { action, label, style, confirm, more } = button;
  return {
    type: 'button',
    action_id: actionId(action),
    text: plain(label, LABEL_LIMIT),
    value: buttonValue({ action, about, bind, ...(more !== undefined && { more }) }),
    ...(style && { style }),
    ...(confirm && {
      confirm: {
        title: plain(confirm.title, TITLE_LIMIT),
        text: plain(confirm.text, TEXT_LIMIT),
        confirm: plain(confirm.yes, YES_LIMIT),
        deny: plain('Cancel', YES_LIMIT),
        ...(style === 'danger' && { style }),
      },
    }),
  };
}

const plain = (text: string, limit: number) => ({
  type: 'plain_text' as const,
  text: shorten(oneLine(text), limit),
});
