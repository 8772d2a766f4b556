import { isBenign } from './benign.ts';
import { CATALOGUE } from './catalogue.ts';
import { SEVERITY_OF_CAUSE } from './causes.ts';
import { findDeployment } from './deployment.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Finding } from './finding.ts';
import type { Observed } from './observed.ts';
import { findService } from './service.ts';
import { findTask } from './task.ts';
import { valuesFor } from './values.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/';

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
    cause: finding.cause,
    confidence: finding.confidence,
    benign: isBenign(finding, observed),
    severity: SEVERITY_OF_CAUSE[finding.cause],
    title: entry.title,
    summary,
    fix,
    evidence: finding.evidence,
    ...(finding.culprit !== undefined && { culprit: finding.culprit }),
    documentation: GUIDE + entry.page,
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
