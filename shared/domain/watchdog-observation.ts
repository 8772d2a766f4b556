import { diagnose } from './diagnosis/diagnose.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import { headingOf } from './diagnosis/heading.ts';
import { found, type ServiceFacts } from './facts.ts';
import { revisionName } from './failed-deployment.ts';
import { incidentFingerprint } from './fingerprint.ts';
import { type Instant, minutes } from './instant.ts';
import type { Observation } from './observation.ts';
import { detailsOfFacts } from './observed-details.ts';
import { present } from './present.ts';
import { quote, quoteDiagnosis } from './quote.ts';
import { worse } from './severity.ts';
import type { Subject } from './subject.ts';
import type { Finding } from './watchdog.ts';
import { isUnfinished, primaryOf } from './watchdog-service.ts';
import { diagnoseFinding } from './watchdog-words.ts';

/** What ECS said before may be about trouble that is over. */
const RELATED = minutes(60);

/**
 * A finding as a sighting of trouble. Its key is the same for as long as the trouble lasts, however often it is found;
 * trouble with a deployment is filed with what else becomes of that deployment.
 */
export function observeFinding(finding: Finding): Observation {
  const { service, trouble, at } = finding;
  const { service: name, ...cluster } = service.at;
  const primary = primaryOf(service.facts);
  const unfinished = primary !== undefined && isUnfinished(primary) ? primary : undefined;
  const subject: Subject = { kind: unfinished ? 'deployment' : 'service', at: cluster, service: name };
  const occurrence = unfinished ? unfinished.id : `${primary?.id ?? 'service'}#${trouble.since}`;
  const own = diagnoseFinding(finding);
  const arn = primary?.taskDefinitionArn ?? service.facts.taskDefinitionArn;
  return {
    fingerprint: incidentFingerprint(subject, own.cause),
    key: `watchdog#${trouble.kind}#${occurrence}`,
    at,
    holdsOn: true,
    subject,
    diagnosis: quoteDiagnosis(withReported(own, reportedCause(service.facts, at))),
    details: {
      ...detailsOfFacts({ service: found(service.facts) }),
      ...present({
        deploymentId: unfinished?.id,
        deploymentReason: quote(unfinished?.rolloutStateReason),
        taskDefinition: arn && revisionName(arn),
      }),
    },
    tags: service.facts.tags,
  };
}

/** What ECS said of late about why it cannot start or keep tasks. */
const reportedCause = ({ events }: ServiceFacts, now: Instant): Diagnosis | undefined =>
  events
    .filter(({ at }) => now - at <= RELATED)
    .map(({ message }) => diagnose({ kind: 'service', message }))
    .find(
      ({ cause, benign }) => !benign && !cause.startsWith('deployment/') && cause !== 'platform/unspecified-failure',
    );

/** The state is certain; that it comes of what ECS reports about the same service is inferred. */
function withReported(own: Diagnosis, reported: Diagnosis | undefined): Diagnosis {
  if (reported === undefined) return own;
  return {
    ...own,
    ...headingOf(reported.cause),
    title: own.title,
    severity: worse(own.severity, reported.severity),
    confidence: reported.confidence === 'unclear' ? 'unclear' : 'likely',
    summary: `${own.summary} ${reported.summary}`,
    fix: reported.fix,
    evidence: [...own.evidence, ...reported.evidence],
  };
}
