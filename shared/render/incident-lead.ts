import { type CrashLoop, crashLoop } from '../domain/crash-loop.ts';
import type { Incident } from '../domain/incident.ts';
import { seconds } from '../domain/instant.ts';
import { recoveredText } from '../domain/progress.ts';
import { isShared } from '../domain/subject.ts';
import { type Phrase, sentences } from './card.ts';
import { inWords } from './duration.ts';
import { takerOf } from './incident-heading.ts';
import { stageOf } from './incident-stage.ts';
import { compare, plural } from './listing.ts';

/** Further causes are counted. */
const SHOWN_CAUSES = 4;

/** What one has to know first: what is wrong while it is, how it ended once it has. */
export function incidentLead(incident: Incident): Phrase {
  const { diagnosis } = incident;
  const summary: Phrase = [diagnosis.summary];
  switch (stageOf(incident)) {
    case 'open':
    case 'acknowledged':
      return sentences(summary, ...extent(incident), cameBack(incident), taken(incident));
    case 'recovering':
      return sentences(summary, repetition(incident), cameBack(incident), recovering(incident));
    case 'resolved':
    case 'superseded':
      return sentences(ending(incident), tally(incident), cameBack(incident), summary);
  }
}

function extent(incident: Incident): readonly Phrase[] {
  // The tasks of many services that stop together are no loop.
  const loop = isShared(incident.subject) ? undefined : crashLoop(incident);
  return [loop === undefined ? [] : [loopText(loop)], repetition(incident, loop?.stops)];
}

function loopText({ stops, within, ran }: CrashLoop): string {
  const time = inWords(within);
  if (ran === undefined) return `${stops} tasks failed to start in ${time}.`;
  return `Looping: ${stops} stops in ${time}, each after ${ran < 1 ? 'less than 1 s' : `about ${inWords(seconds(ran))}`}.`;
}

/** How often it was seen; nothing when another sentence has said it. */
function repetition(incident: Incident, said = 1): Phrase {
  const causes = causesOf(incident);
  if (incident.occurrences <= said && causes.length === 0) return [];
  return [`${countedStops(incident)} since `, { instant: incident.firstSeen }, ...causes, '.'];
}

/** `37 tasks stopped`; of what stops no tasks `Seen 37 times`. */
export function countedStops({ occurrences, stops }: Incident): string {
  if (stops.length > 0) return `${plural(occurrences, 'task')} stopped`;
  return occurrences === 1 ? 'Seen once' : `Seen ${plural(occurrences, 'time')}`;
}

/** `: 9 x memory/container-oom, 3 x app/exited-nonzero`, when there are several. */
function causesOf({ causes }: Incident): Phrase {
  const counts = Object.entries(causes ?? {}).sort(([a, most], [b, least]) => least - most || compare(a, b));
  if (counts.length < 2) return [];
  const hidden = counts.length - SHOWN_CAUSES;
  return [
    ...counts
      .slice(0, SHOWN_CAUSES)
      .flatMap(([cause, count], index) => [`${index === 0 ? ':' : ','} ${count} x `, { name: cause }]),
    ...(hidden > 0 ? [` and ${plural(hidden, 'more cause')}`] : []),
  ];
}

const cameBack = ({ reopened }: Incident): Phrase =>
  reopened === 0 ? [] : [`It came back ${reopened === 1 ? 'once' : plural(reopened, 'time')} after it was resolved.`];

function taken({ state }: Incident): Phrase {
  const taker = takerOf(state);
  if (state.status !== 'open' || state.acknowledged === undefined || taker === undefined) return [];
  const by = typeof taker === 'string' ? [`Taken by ${taker}, `] : ['Taken by ', taker, ', '];
  return [...by, { instant: state.acknowledged.at }, '.'];
}

function recovering(incident: Incident): Phrase {
  if (incident.recovery === undefined) return [];
  return [
    'It looks over since ',
    { instant: incident.recovery.at },
    `: ${recoveredText(incident)}. It is closed once that has held for a while.`,
  ];
}

function ending(incident: Incident): Phrase {
  const { state } = incident;
  if (state.status === 'open') return [];
  const since: Phrase[number] = { instant: state.at };
  switch (state.how) {
    case 'recovered':
      return ['Over since ', since, `: ${recoveredText(incident)}.`];
    case 'quiet':
      return ['Nothing was seen of it since ', since, ', so it was closed without proof that it is over.'];
    case 'superseded':
      return ['A later deployment of the service is in trouble too, and has a message of its own.'];
  }
}

function tally(incident: Incident): Phrase {
  const { state, firstSeen } = incident;
  const lasted = state.status === 'open' ? 0 : state.at - firstSeen;
  if (lasted <= 0) return [`${countedStops(incident)}.`];
  return [`${countedStops(incident)}; it lasted ${inWords(lasted)}, from `, { instant: firstSeen }, '.'];
}
