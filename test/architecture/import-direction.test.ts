import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Rooms from the outside in. A file imports its own room and the rooms listed for it, nothing else. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'shared/domain': [],
  'shared/parse': ['shared/domain'],
  'shared/render': ['shared/domain'],
  'shared/effects': ['shared/domain', 'shared/render'],
  'shared/runtime': ['shared/domain'],
  functions: ['shared/domain', 'shared/parse', 'shared/render', 'shared/effects', 'shared/runtime'],
  cli: ['shared/domain', 'shared/parse', 'shared/render', 'shared/effects', 'shared/runtime', 'functions'],
};

/** Packages that a room may use at run time; types may come from anywhere. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  // Zones and their changes, for shared/domain/zone-stretches.ts alone.
  'shared/domain': /^temporal-polyfill\/fns\/(Instant|ZonedDateTime)$/,
  'shared/parse': /^valibot$/,
  'shared/render': /^node:util$/,
  'shared/effects': /^(@aws-sdk\/.*|@smithy\/.*|aws4|node:.*)$/,
  'shared/runtime': /^(@aws-lambda-powertools\/.*|@middy\/core|node:.*)$/,
};

const roomOf = (file: string): string | undefined =>
  Object.keys(MAY_IMPORT).find((room) => file.startsWith(`${room}/`));

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

function importsOf(file: string): readonly Import[] {
  const source = readFileSync(file, 'utf8');
  const statements = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)/g,
  );
  return [...statements].map(([, type, from, dynamic]) => ({
    file,
    target: from ?? dynamic ?? '',
    isType: type !== undefined,
  }));
}

const files = Object.keys(MAY_IMPORT).flatMap((room) =>
  globSync(`${room}/**/*.ts`).map((file) => file.replaceAll('\\', '/')),
);
const imports = files.flatMap(importsOf);

describe('import direction', () => {
  it('finds the rooms and their imports', () => {
    expect(new Set(files.map(roomOf))).toContain('shared/domain');
    expect(imports.length).toBeGreaterThan(100);
  });

  it('points inward: functions to runtime, effects, render and parse, and those to the domain', () => {
    const wrong = imports.filter(({ file, target }) => {
      if (!target.startsWith('.')) return false;
      const room = roomOf(file) ?? '';
      const imported = roomOf(normalize(join(dirname(file), target)).replaceAll('\\', '/'));
      return imported === undefined || (imported !== room && !MAY_IMPORT[room]?.includes(imported));
    });
    expect(wrong).toEqual([]);
  });

  it('keeps packages out of the rooms that are pure', () => {
    const wrong = imports.filter(({ file, target, isType }) => {
      const allowed = PACKAGES[roomOf(file) ?? ''];
      return !isType && !target.startsWith('.') && allowed !== undefined && !allowed.test(target);
    });
    expect(wrong).toEqual([]);
  });

  it('knows the package of zones in one file alone', () => {
    const users = imports.filter(({ target }) => target.startsWith('temporal-polyfill')).map(({ file }) => file);
    expect(new Set(users)).toEqual(new Set(['shared/domain/zone-stretches.ts']));
  });

  it('lets no domain file read the clock, the environment or chance', () => {
    const impure = files
      .filter((file) => roomOf(file) === 'shared/domain')
      .filter((file) =>
        /\bDate\.now\(|\bnew Date\(\)|\bprocess\.|\bMath\.random\(|\bconsole\.(log|error|warn|info)\b/.test(
          readFileSync(file, 'utf8'),
        ),
      );
    expect(impure).toEqual([]);
  });

  it('keeps functions apart from each other', () => {
    const functionOf = (path: string): string | undefined => /^functions\/([^/]+)\//.exec(path)?.[1];
    const crossing = imports.filter(({ file, target }) => {
      const own = functionOf(file);
      const other = target.startsWith('.')
        ? functionOf(normalize(join(dirname(file), target)).replaceAll('\\', '/'))
        : undefined;
      return own !== undefined && other !== undefined && own !== other;
    });
    expect(crossing).toEqual([]);
  });
});
