import { answerMessage } from '../../../shared/render/answer-message.ts';
import { groupList } from '../../../shared/render/blocks.ts';
import type { ChatAnswer } from '../answer.ts';
import { answered, type Command } from './command.ts';
import { TIME_FORMS } from './moment.ts';

/** Every command with its form; `zone` is what times without an offset are read in. */
export const helpAnswer = (
  commands: readonly Command[],
  { slash, zone }: { readonly slash: string; readonly zone: string },
): ChatAnswer =>
  answered(
    answerMessage(['What can be asked here. Only you see the answers.'], {
      blocks: [
        groupList({
          title: 'Commands',
          entries: commands.map(({ name, form, does }) => ({
            term: `${slash} ${name}${form === '' ? '' : ` ${form}`}`,
            text: does,
          })),
        }),
      ],
      notes: [
        `A service is CLUSTER/SERVICE or its ARN. A time is ${TIME_FORMS.replaceAll('`', '')}; without an offset it is that of ${zone}. Words with spaces go in quotation marks.`,
      ],
    }),
  );
