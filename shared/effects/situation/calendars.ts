import { found, missing } from '../../domain/facts.ts';
import type { Question } from '../gathered.ts';
import { type Answers, askForEach } from './answers.ts';
import type { Reading } from './ask.ts';

/** `OPEN` or `CLOSED`, by the name or ARN of the change calendar. One that is shared from another account is named by its ARN. */
export const readCalendars = (calendars: readonly string[], { clients, ask }: Reading): Promise<Answers<string>> =>
  askForEach(
    calendars,
    (calendar) => calendar,
    (calendar) => {
      const question: Question = { action: 'ssm:GetCalendarState', notFound: 'there is no such calendar' };
      return ask(question, async (abortSignal) => {
        const { GetCalendarStateCommand } = await import('@aws-sdk/client-ssm');
        const client = await clients.ssm();
        const { State } = await client.send(new GetCalendarStateCommand({ CalendarNames: [calendar] }), {
          abortSignal,
        });
        return State === undefined ? missing('not-found', question.notFound) : found<string>(State);
      });
    },
  );
