import { isBenign } from './benign.ts';
import { CATALOGUE } from './catalogue.ts';
import { findDeployment } from './deployment.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Finding } from './finding.ts';
import { headingOf } from './heading.ts';
import type { Observed } from './observed.ts';
import { findService } from './service.ts';
import { findTask } from './task.ts';
import { valuesFor } from './values.ts';

/**
 * Names the cause of what was observed, from the closed set of docs/causes.md, with the evidence and what to do. Pure
 * and total: the same observation gives the same diagnosis, and no text makes it throw.
 */
export function diagnose(observed: Observed): Diagnosis {
  const finding = find(observed);
  const entry = CATALOGUE[finding.cause];
  const values = valuesFor(finding, observed);
  const { summary, fix } = finding.advice ?? { summary: entry.summary(values), fix: entry.fix(values) };
  return {
    ...headingOf(finding.cause),
    confidence: finding.confidence,
    benign: isBenign(finding, observed),
    summary,
    fix,
    evidence: finding.evidence,
    ...(finding.culprit !== undefined && { culprit: finding.culprit }),
  };
}

function find(observed: Observed): Finding {
  switch (observed.kind) {
    case 'task':
      return findTask(observed);
    case 'service':
      return findService(observed);
    case 'deployment':
      return findDeployment(observed);
  }
}
