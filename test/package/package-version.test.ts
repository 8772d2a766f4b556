import { describe, expect, it, test } from 'vitest';
import { problemsOf, releaseProblems, type State, sectionOf } from '../../scripts/package-version.ts';

const CHANGELOG =
  '# Changelog\n\n## 1.2.0, 2026-11-30\n\n- [new] A door.\n\n## 1.1.0, 2026-10-01\n\n- [fix] A hinge.\n';

const clean: State = { asked: '1.2.0', version: '1.2.0', locked: '1.2.0', changelog: CHANGELOG, changes: '' };

describe('a version', () => {
  it('is packaged and released when everything says the same', () => {
    expect(problemsOf(clean)).toEqual([]);
    expect(releaseProblems(clean)).toEqual([]);
  });

  test.each<readonly [string, Partial<State>, RegExp]>([
    [
      'that is not that of package.json',
      { asked: '1.3.0' },
      /asked for version 1\.3\.0, but package\.json is of version 1\.2\.0/,
    ],
    ['that the lock file does not know', { locked: '1.1.0' }, /package-lock\.json is of version 1\.1\.0/],
    ['without a section of the changelog', { changelog: '## 1.2.01\n' }, /no section "## 1\.2\.0"/],
    [
      'with changes that are not committed',
      { changes: ' M template.yaml\n?? x\n' },
      /2 files .*template\.yaml: commit/,
    ],
  ])('%s is refused', (_, change, problem) => {
    expect(problemsOf({ ...clean, ...change })).toEqual([expect.stringMatching(problem)]);
  });

  it('that is not yet released is packaged, but not released', () => {
    const open = { ...clean, changelog: '## 1.2.0, not yet released\n' };
    expect(problemsOf(open)).toEqual([]);
    expect(releaseProblems(open)).toEqual([expect.stringMatching(/give its date/)]);
  });
});

describe('the section of the changelog', () => {
  test.each([
    ['1.2.0', '- [new] A door.'],
    ['1.1.0', '- [fix] A hinge.'],
    ['1.0.0', ''],
  ])('of %s is %j', (version, section) => {
    expect(sectionOf(version, CHANGELOG)).toBe(section);
  });
});
