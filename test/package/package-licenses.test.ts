import { describe, expect, it, test } from 'vitest';
import { type BundledPackage, bundledPackages, licenseNotices, packageFolder } from '../../scripts/package-licenses.ts';

/** What esbuild says of one output that is made of these files. */
const metafileOf = (bytes: Readonly<Record<string, number>>) => ({
  inputs: {},
  outputs: {
    'index.mjs': {
      bytes: 1,
      imports: [],
      exports: [],
      inputs: Object.fromEntries(Object.entries(bytes).map(([file, bytesInOutput]) => [file, { bytesInOutput }])),
    },
  },
});

describe('a bundled package', () => {
  test.each([
    ['node_modules/valibot/dist/index.mjs', 'node_modules/valibot'],
    ['node_modules/@middy/core/index.js', 'node_modules/@middy/core'],
    ['node_modules/a/node_modules/@b/c/d/e.js', 'node_modules/a/node_modules/@b/c'],
    ['shared/domain/incident.ts', undefined],
  ])('of %s is %s', (file, folder) => {
    expect(packageFolder(file)).toBe(folder);
  });

  it('is one of which something is left after tree shaking, with its licence', () => {
    const packages = bundledPackages([
      metafileOf({
        'node_modules/valibot/dist/index.mjs': 12,
        'node_modules/yaml/browser/index.js': 0,
        'functions/reconcile/index.ts': 7,
      }),
      metafileOf({ 'node_modules/@middy/core/index.js': 1, 'node_modules/valibot/dist/index.mjs': 3 }),
    ]);
    expect(packages.map(({ name, license }) => `${name}: ${license}`)).toEqual(['@middy/core: MIT', 'valibot: MIT']);
    expect(packages[1]?.text).toMatch(/MIT License[^]+Copyright \(c\) Fabian Hiller/);
    // This one is published without a licence file, and its licence asks for its text.
    expect(packages[0]?.text).toMatch(/^Copyright \(c\) Middy[^]+this permission notice shall be included/);
  });
});

it('the notices say a text once for all packages that share it', () => {
  const one = (name: string, text: string): BundledPackage => ({ name, version: '1.0.0', license: 'MIT', text });
  const notices = licenseNotices([one('a', 'be kind'), one('b', 'be fair'), one('c', 'be kind')]);
  expect(notices.match(/be kind/g)).toHaveLength(1);
  expect(notices).toContain('a 1.0.0 (MIT)\nc 1.0.0 (MIT)\n\nbe kind');
  expect(notices).toContain('b 1.0.0 (MIT)\n\nbe fair');
});
