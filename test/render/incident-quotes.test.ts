import { expect, it } from 'vitest';
import { incidentQuotes } from '../../shared/render/incident-quotes.ts';
import { aDiagnosis, anIncident } from '../support/records.ts';

it('keeps what was looked up apart from the words of ECS', () => {
  const quotes = incidentQuotes(
    anIncident({
      diagnosis: aDiagnosis({
        evidence: [
          { field: 'stoppedReason', text: 'CannotPullContainerError: web:42: not found' },
          { field: 'ecr:DescribeImages', text: 'no tag 42 in web; the newest is 41' },
        ],
        confirmedBy: ['ecr:DescribeImages'],
      }),
    }),
  );
  const linesOf = (title: string): readonly string[] => quotes.find((quote) => quote.title === title)?.lines ?? [];
  expect(linesOf('What was looked up')).toEqual(['ecr:DescribeImages: no tag 42 in web; the newest is 41']);
  expect(linesOf('What ECS said').join()).not.toContain('ecr:DescribeImages');
  expect(linesOf('What ECS said').join()).toContain('CannotPullContainerError');
});
