import { assertNever } from '../domain/assert-never.ts';
import type { Notice, Request } from '../domain/incident.ts';
import { isRunNow } from '../domain/plan/candidates.ts';
import type { PlanSummary } from '../domain/plan/telling/summary.ts';
import { type Phrase, people, sentences } from './card.ts';
import { listing, plural } from './listing.ts';
import { countOf, countToDo, isMoving, isWell, tasksAt } from './plan-words.ts';

/** What a plan comes to, in plain words. */
export function planLead(notice: Notice, plan: PlanSummary): Phrase {
  const { phase } = plan;
  switch (phase) {
    case 'planned':
      return sentences(why(notice, plan), nextOpening(plan), ...conditions(plan));
    case 'under-way':
      return sentences(progress(plan), isMoving(plan) ? closing(plan) : nextOpening(plan), ...conditions(plan));
    case 'over':
      return result(plan);
    default:
      return assertNever(phase);
  }
}

/** What a request is for, beside that somebody asked. */
const REASONS: Readonly<Record<Request['why'], string>> = {
  asked: '',
  'secret-rotation': ' after a secret was rotated',
  'platform-version': ' to move to another platform version',
};

/** Why it is asked for, and in whose words; also before anything is planned. */
export const requestLead = ({ by, why: kind, reason }: Request): Phrase => [
  { person: by },
  ` asked for new tasks${REASONS[kind]}${reason === undefined ? '.' : `: ${reason}${/[.!?…]$/.test(reason) ? '' : '.'}`}`,
];

function why({ request }: Notice, { deadline }: PlanSummary): Phrase {
  if (request !== undefined) return requestLead(request);
  return ['AWS stops what still runs on the old revision from ', { instant: deadline }, ' on.'];
}

function nextOpening({ slot, pace }: PlanSummary): Phrase {
  if (slot === undefined) return [];
  if (isRunNow(slot)) return ['It is ordered to run now: it may begin until ', { instant: slot.cutoff }, '.'];
  return [
    'Tasks are to be replaced in window ',
    { name: listing(slot.windows) },
    ', from ',
    { instant: slot.opens },
    ' to ',
    { instant: slot.closes },
    pace === undefined ? '.' : `: ${pace}.`,
  ];
}

function progress(plan: PlanSummary): Phrase {
  if (countToDo(plan) === 0) return [];
  const left = countToDo(plan) - countOf(plan, 'done');
  const moving = countOf(plan, 'running', 'verifying');
  return [
    `${countOf(plan, 'done')} of ${plural(countToDo(plan), 'service')} replaced and proved, ${moving} in flight, ${left - moving} left.`,
  ];
}

const closing = ({ slot }: PlanSummary): Phrase =>
  slot === undefined || isRunNow(slot)
    ? []
    : ['The window, ', { name: listing(slot.windows) }, ', closes ', { instant: slot.closes }, '.'];

/** What keeps something from being done, the strongest first. */
function conditions(plan: PlanSummary): readonly Phrase[] {
  const { votes, occasion } = plan;
  const escalated = countOf(plan, 'escalated');
  const pressing = tasksAt(plan, 'pressing');
  const aside = countOf(plan, 'handing-over');
  return [
    escalated === 0
      ? []
      : [
          `${plural(escalated, 'service')} ${escalated === 1 ? 'needs' : 'need'} a decision: without one, ${fate(plan)}.`,
        ],
    pressing === 0
      ? []
      : [
          `${plural(pressing, 'standalone task')} ${pressing === 1 ? 'was' : 'were'} to be started again and cannot be.`,
        ],
    votes.against.length > 0 ? objection(votes.against) : consent(plan),
    aside === 0 || occasion === 'request'
      ? []
      : [`${plural(aside, 'service')} ${aside === 1 ? 'is' : 'are'} left to AWS.`],
  ];
}

const fate = ({ occasion }: PlanSummary): string =>
  occasion === 'retirement' ? 'AWS replaces the tasks when it likes' : 'nothing replaces the tasks';

const objection = (against: readonly string[]): Phrase => [
  ...people(against),
  ' objected: nothing more starts until they approve.',
];

function consent(plan: PlanSummary): Phrase {
  const { votes, phase } = plan;
  if (votes.needed === 0 || countOf(plan, 'ask', 'failed', 'rolled-back') === 0) return [];
  if (votes.orLastOpening) return ['What nobody approves uses its last opening, if every check is ok by then.'];
  return votes.comeFirst && phase === 'planned' ? ['Nothing runs before approval.'] : [];
}

function result(plan: PlanSummary): Phrase {
  const { old, of, boundary } = plan;
  if (old > 0)
    return [
      `${old} of ${plural(of, 'task')} ${old === 1 ? 'is' : 'are'} still older than `,
      { instant: boundary.at },
      '. Nothing more is done about that here.',
    ];
  if (!isWell(plan)) return ['Not everything was replaced.'];
  return of === 0 ? ['Nothing old runs any more.'] : ['No running task is older than ', { instant: boundary.at }, '.'];
}
