import { CATALOGUE } from './catalogue.ts';
import { type CauseId, SEVERITY_OF_CAUSE } from './causes.ts';
import type { Diagnosis } from './diagnosis.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/';

/** What follows from the cause alone, whatever was observed. A diagnosis that changes its cause changes these with it. */
export const headingOf = (
  cause: CauseId,
): Pick<Diagnosis, 'cause' | 'severity' | 'title'> & { readonly documentation: string } => ({
  cause,
  severity: SEVERITY_OF_CAUSE[cause],
  title: CATALOGUE[cause].title,
  documentation: GUIDE + CATALOGUE[cause].page,
});
