import { createElement as h, type ReactNode } from 'react';
import { type Control, controlsOf, initialOf, type Option, optionsOf } from '../../chat/control.ts';
import type { OpenView } from '../../slack/screens.ts';
import { drawContent, drawHidden } from './content.ts';

const FORM = 'modal-form';

/** A modal as a dialog. Its fields belong to one form by name, because forms of buttons may stand between them. */
export const drawModal = (view: OpenView): ReactNode =>
  h(
    'dialog',
    { open: true, 'aria-labelledby': 'modal-title', key: view.id, 'data-key': view.id },
    h('h2', { id: 'modal-title' }, view.title),
    view.blocks.map((block, key) =>
      block.type === 'input'
        ? controlsOf([block]).map((control) => h('div', { key, className: 'field' }, drawField(control)))
        : h('div', { key }, drawContent([block], { view: view.id })),
    ),
    h(
      'div',
      { className: 'actions' },
      h('form', { id: FORM, method: 'post', action: '/chat/submit' }, drawHidden({ view: view.id }), drawSubmit(view)),
      h(
        'form',
        { method: 'post', action: '/chat/close', className: 'close' },
        drawHidden({ view: view.id }),
        h('button', { type: 'submit' }, view.close),
      ),
    ),
  );

const drawSubmit = ({ submit }: OpenView): ReactNode =>
  submit === undefined ? undefined : h('button', { type: 'submit', className: 'primary' }, submit);

function drawField(control: Control): ReactNode {
  switch (control.type) {
    case 'radio_buttons':
      return drawChoices(control, 'radio');
    case 'checkboxes':
    case 'multi_static_select':
      return drawChoices(control, 'checkbox');
    case 'static_select':
      return drawLabelled(control, h('select', fieldOf(control), optionsOf(control).map(drawOption)));
    case 'datetimepicker':
      return drawLabelled(
        control,
        h('input', { ...fieldOf(control), type: 'datetime-local', defaultValue: momentOf(control) }),
        ' (UTC)',
      );
    default:
      return drawLabelled(control, h('input', { ...fieldOf(control), type: 'text', maxLength: lengthOf(control) }));
  }
}

const fieldOf = (control: Control) => ({
  name: control.actionId,
  form: FORM,
  required: !control.isOptional,
  defaultValue: initialOf(control)[0],
});

const drawLabelled = (control: Control, field: ReactNode, more = ''): ReactNode =>
  h('label', {}, h('span', {}, `${control.label}${more}`), field);

const drawOption = ({ value, label }: Option): ReactNode => h('option', { key: value, value }, label);

function drawChoices(control: Control, type: 'radio' | 'checkbox'): ReactNode {
  const initial = initialOf(control);
  return h(
    'fieldset',
    {},
    h('legend', {}, control.label),
    optionsOf(control).map(({ value, label, more }) =>
      h(
        'label',
        { key: value },
        h('input', { type, name: control.actionId, form: FORM, value, defaultChecked: initial.includes(value) }),
        ` ${label}`,
        more === '' ? undefined : h('small', {}, ` ${more}`),
      ),
    ),
  );
}

const lengthOf = ({ element: { max_length: most } }: Control): number | undefined =>
  typeof most === 'number' ? most : undefined;

/** Slack shows a reader's own zone; the page, which cannot know it, says UTC. */
function momentOf(control: Control): string | undefined {
  const [seconds] = initialOf(control);
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1_000).toISOString().slice(0, 16);
}

/** The answer of a field as Slack has it, from what the form says. */
export const answerOf = ({ type }: Control, values: readonly string[]): readonly string[] =>
  type === 'datetimepicker' ? values.map((value) => String(Date.parse(`${value}Z`) / 1_000)) : values;
