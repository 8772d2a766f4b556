import type { ModalView } from '@slack/types';
import type { Incident } from '../domain/incident.ts';
import { describeSubject, serviceOf } from '../domain/subject.ts';
import { paragraph } from './blocks.ts';
import { askingModal, type ModalOf } from './modal.ts';
import { choosingOne, enteringText, type Option } from './modal-inputs.ts';

export const MINUTES = 'minutes';
export const WHAT = 'what';
export const REASON = 'reason';

/** The value for "until the next deployment of the service", which is over after a week in any case. */
export const UNTIL_DEPLOYMENT = 'deployment';
const NEXT_DEPLOYMENT: Option = { value: UNTIL_DEPLOYMENT, text: 'Until its next deployment', more: 'Or for a week' };

/** As the configuration document takes. */
const REASON_LIMIT = 200;

/** Asks for how long nobody is told of an incident's problem. */
export const muteModal = (of: ModalOf, incident: Incident): ModalView =>
  askingModal(of, {
    title: 'Mute',
    submit: 'Mute',
    blocks: [
      paragraph([
        'Nobody is told of ',
        { name: incident.diagnosis.title },
        ' about ',
        { name: describeSubject(incident.subject) },
        ' meanwhile. What is recorded goes on, and its message is kept up to date.',
      ]),
      choosingOne({ name: MINUTES, label: 'For' }, [
        { value: '60', text: '1 hour' },
        { value: '30', text: '30 minutes' },
        { value: '240', text: '4 hours' },
        { value: '1440', text: '24 hours' },
        ...(serviceOf(incident.subject) === undefined ? [] : [NEXT_DEPLOYMENT]),
      ]),
      choosingOne({ name: WHAT, label: 'What' }, whats(incident)),
      enteringText({ name: REASON, label: 'Why, for those who find it' }, { most: REASON_LIMIT }),
    ],
  });

/** What is of no service is muted in all of its cluster: nothing finer selects it. */
function whats({ subject }: Incident): readonly [Option, ...Option[]] {
  if (serviceOf(subject) !== undefined)
    return [
      { value: 'cause', text: 'This problem alone' },
      { value: 'all', text: 'Everything about the service' },
    ];
  const { cluster = 'everywhere' } = subject.at;
  return [{ value: 'cause', text: 'This problem', more: `All of ${cluster}` }];
}
