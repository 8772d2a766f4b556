import * as fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { checksums, type Files, sha256, zipOf } from '../../scripts/package-zip.ts';

const someFiles = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}\.mjs$/), fc.uint8Array({ maxLength: 400 }), {
  minKeys: 1,
  maxKeys: 6,
});

/** The central directory's fields of the first entry: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function firstEntry(zip: Uint8Array) {
  const view = Buffer.from(zip);
  const at = view.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  return {
    madeBy: view.readUInt8(at + 5),
    dosDate: view.readUInt16LE(at + 14),
    mode: view.readUInt32LE(at + 38) >>> 16,
  };
}

describe('a zip', () => {
  it('is the same bytes whatever the order of its files, and holds them', () => {
    fc.assert(
      fc.property(someFiles, (files) => {
        const backwards: Files = Object.fromEntries(Object.entries(files).toReversed());
        expect(zipOf(backwards)).toEqual(zipOf(files));
        expect(unzipSync(zipOf(files))).toEqual({ ...files });
      }),
      { numRuns: 50 },
    );
  });

  it('differs when a byte does', () => {
    const zip = (text: string) => sha256(zipOf({ 'index.mjs': new TextEncoder().encode(text) }));
    expect(zip('export{}')).not.toBe(zip('export{};'));
  });

  it('states 1980 as its time, Unix as its maker and that everyone may read', () => {
    // Day 1, month 1, year 0 after 1980, as DOS counts.
    expect(firstEntry(zipOf({ a: new Uint8Array(3) }))).toEqual({ madeBy: 3, dosDate: 33, mode: 0o100644 });
  });
});

it('checksums are lines of sha256sum, in the order of names', () => {
  const abc = new TextEncoder().encode('abc');
  // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(checksums({ b: abc, 'a/c.zip': abc })).toBe(`${hash}  a/c.zip\n${hash}  b\n`);
});
