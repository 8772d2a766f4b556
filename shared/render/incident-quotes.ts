import type { Diagnosis } from '../domain/diagnosis/diagnosis.ts';
import type { Details, Incident } from '../domain/incident.ts';
import type { Quote } from './card.ts';

/** More lines are in the log itself. */
const LOG_LINES = 10;

/** The words that a diagnosis rests on, and the culprit's last log lines. */
export function incidentQuotes(incident: Incident): readonly Quote[] {
  const { diagnosis, details } = incident;
  const culprit = details.container ?? diagnosis.culprit;
  const quotes: readonly Quote[] = [
    { title: 'What ECS said', lines: ecsWords(incident), keeps: 'beginning' },
    { title: 'What was looked up', lines: lookedUp(incident), keeps: 'beginning' },
    {
      title: culprit ? `Last log lines of ${culprit}` : 'Last log lines',
      lines: details.log?.lines.slice(-LOG_LINES) ?? [],
      keeps: 'end',
    },
  ];
  return quotes.filter(({ lines }) => lines.length > 0);
}

/** The reasons as they came, of the deployment first, then the evidence that they do not contain already. */
function ecsWords({ subject, diagnosis, details }: Incident): readonly string[] {
  const said = [
    ...new Set(reasons(details)),
    ...(tellsEvents(subject.kind, details) ? (details.serviceEvents ?? []) : []),
  ];
  const more = diagnosis.evidence.filter(
    ({ field, text }) =>
      !isLookedUp(diagnosis, field) && !isShown(text, details) && !said.some((line) => line.includes(text)),
  );
  return [...said, ...more.map(({ field, text }) => `${field}: ${text}`)];
}

const lookedUp = ({ diagnosis }: Incident): readonly string[] =>
  diagnosis.evidence.filter(({ field }) => isLookedUp(diagnosis, field)).map(({ field, text }) => `${field}: ${text}`);

const isLookedUp = ({ confirmedBy }: Diagnosis, field: string): boolean => confirmedBy?.includes(field) ?? false;

const reasons = ({ deploymentReason, stoppedReason, container, containerReason }: Details): readonly string[] =>
  [
    deploymentReason || [],
    stoppedReason || [],
    containerReason ? `${container ?? 'container'}: ${containerReason}` : [],
  ].flat();

/** The facts of the card tell it. */
const isShown = (text: string, { exitCode, stopCode }: Details): boolean => text === `${exitCode}` || text === stopCode;

/** The service's events beside a task's own reason are mostly narration. */
const tellsEvents = (subject: Incident['subject']['kind'], { stoppedReason }: Details): boolean =>
  subject === 'deployment' || !stoppedReason;
