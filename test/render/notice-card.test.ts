import { describe, expect, test } from 'vitest';
import { noticeCard } from '../../shared/render/notice-card.ts';
import { aNotice, anAffectedService, anAffectedTask } from '../support/records.ts';

describe('a retirement', () => {
  const services = [anAffectedService('checkout'), anAffectedService('ledger')];

  test.each([
    [
      'counts services and standalone tasks apart',
      [...services, anAffectedTask('68f1')],
      '2 services, 1 standalone task',
    ],
    ['counts what AWS names in no known form', [{ kind: 'unknown', value: 'x' } as const], '1 other resource'],
  ])('%s', (_, entities, expected) => expect(noticeCard(aNotice({ entities })).headline).toContain(expected));

  test('lists what is still to come, not what is resolved', () => {
    const entities = [anAffectedService('checkout', 'harbor-prod', 'RESOLVED'), anAffectedTask('68f1')];
    const { groups, facts } = noticeCard(aNotice({ entities }));
    expect(groups.map(({ title }) => title)).toEqual(['Standalone tasks: AWS stops them and nothing replaces them']);
    expect(facts).toContainEqual({ label: 'Resolved', value: ['1 of 2, not listed below'] });
  });

  test('lists no names without counting the rest', () => {
    const entities = Array.from({ length: 30 }, (_, index) => anAffectedService(`service-${index + 10}`));
    const [entry] = noticeCard(aNotice({ entities })).groups[0]?.entries ?? [];
    const shown = entry?.text.match(/service-\d\d/g) ?? [];
    expect(entry?.text).toMatch(new RegExp(`^\\(30 services\\): .* and ${30 - shown.length} more$`));
  });

  test('says when not all pages have arrived', () => {
    const { facts } = noticeCard(aNotice({ pages: { seen: [1, 3], total: 4 } }));
    expect(facts).toContainEqual({ label: 'Pages of the notice', value: ['2 of 4 received, more may be affected'] });
  });

  test('asks nothing of anybody once AWS closed it', () => {
    const { icon, steps, headline } = noticeCard(aNotice({ phase: 'closed' }));
    expect({ icon, steps, last: headline.at(-1) }).toEqual({ icon: '✅', steps: [], last: 'closed by AWS' });
  });
});

test('an unknown type of notice is told in AWS’s words', () => {
  expect(noticeCard(aNotice({ typeCode: 'AWS_ECS_SECURITY_NOTIFICATION' })).headline[0]).toBe('Security notification');
});
