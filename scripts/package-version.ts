/** What is read to see whether a version may be packaged. */
export interface State {
  /** What was asked for: the argument of `--version`, or a tag without its v. */
  readonly asked?: string;
  /** Of package.json. */
  readonly version: string;
  /** Of package-lock.json. */
  readonly locked: string;
  readonly changelog: string;
  /** What `git status --porcelain` prints; empty without git, as in an unpacked archive. */
  readonly changes: string;
}

/** Why this state may not be packaged, in sentences; none if it may. */
export function problemsOf({ asked, version, locked, changelog, changes }: State): readonly string[] {
  const changed = changes.split('\n').filter((line) => line !== '');
  return [
    ...(asked === undefined || asked === version
      ? []
      : [`asked for version ${asked}, but package.json is of version ${version}: change it there first`]),
    ...(locked === version
      ? []
      : [`package-lock.json is of version ${locked}, package.json of ${version}: run npm install`]),
    ...(headingOf(version, changelog) === undefined ? [`CHANGELOG.md has no section "## ${version}"`] : []),
    ...(changed.length === 0
      ? []
      : [
          `${changed.length} files differ from the last commit, such as ${changed[0]?.slice(3)}: commit them, or give --dirty`,
        ]),
  ];
}

/** What a release asks for beside that: a date, or anything but "not yet released", after the version. */
export function releaseProblems(state: State): readonly string[] {
  const heading = headingOf(state.version, state.changelog) ?? '';
  const isOpen = heading.includes('not yet released');
  return [
    ...problemsOf(state),
    ...(isOpen ? [`CHANGELOG.md says of ${state.version} that it is not yet released: give its date`] : []),
  ];
}

/** `## 0.1.0, 2026-11-30`, whatever follows the version. */
const headingOf = (version: string, changelog: string): string | undefined =>
  changelog.split('\n').find((line) => line === `## ${version}` || line.startsWith(`## ${version},`));

/** What the changelog says of a version, without the heading; for the text of a release. */
export function sectionOf(version: string, changelog: string): string {
  const lines = changelog.split('\n');
  const heading = headingOf(version, changelog);
  if (heading === undefined) return '';
  const after = lines.slice(lines.indexOf(heading) + 1);
  const end = after.findIndex((line) => line.startsWith('## '));
  return after
    .slice(0, end === -1 ? undefined : end)
    .join('\n')
    .trim();
}
