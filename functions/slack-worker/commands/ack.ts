import { bindOf } from '../../../shared/domain/chat/button.ts';
import type { Incident } from '../../../shared/domain/incident.ts';
import { describeSubject } from '../../../shared/domain/subject.ts';
import { listing } from '../../../shared/render/listing.ts';
import { clickAcknowledge } from '../acknowledge.ts';
import { type Command, sentence } from './command.ts';

export const ACK: Command = {
  name: 'ack',
  form: 'INCIDENT',
  example: 'inc-4f0c2a9d1e',
  does: 'you have taken the incident, which is not repeated then; CLUSTER/SERVICE will do where one is open',
  run: async ([name, ...rest], { visit, deps }) => {
    if (name === undefined || rest.length > 0) return { misuse: 'Give the id of one incident.' };
    const { records } = await deps.loadOpen();
    const meant = records
      .filter((record) => record.kind === 'incident')
      .filter((incident) => incident.state.status === 'open' && isCalled(incident, name));
    const [only] = meant;
    if (only === undefined)
      return { misuse: `Nothing open is called ${name}: it is over, or it never was; “status” lists what is open.` };
    if (meant.length > 1)
      return { misuse: `Several incidents about ${name} are open: give one of ${listing(meant.map(({ id }) => id))}.` };
    // As a click on its button would, if it were shown now.
    const button = { action: 'acknowledge', about: only.fingerprint, bind: bindOf(only) } as const;
    const clicked = await clickAcknowledge(button, visit, deps);
    return clicked.show === undefined ? sentence(clicked.decision, clicked.because) : clicked;
  },
};

const isCalled = ({ id, subject }: Incident, name: string): boolean => id === name || describeSubject(subject) === name;
