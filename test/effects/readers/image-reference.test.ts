import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEcrReference } from '../../../shared/effects/readers/image-reference.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const at = { account: '111122223333', region: 'eu-west-1', repository: 'checkout' };

describe('an image in a private registry of Amazon ECR', () => {
  it.each([
    ['a tag', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:2.31.0', { ...at, id: { imageTag: '2.31.0' } }],
    [
      'no tag is latest',
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout',
      { ...at, id: { imageTag: 'latest' } },
    ],
    [
      'a digest',
      `111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout@${DIGEST}`,
      { ...at, id: { imageDigest: DIGEST } },
    ],
    [
      'a digest beats the tag beside it',
      `111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:2@${DIGEST}`,
      { ...at, id: { imageDigest: DIGEST } },
    ],
    [
      'a repository in a folder',
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team-a/checkout:2',
      { ...at, repository: 'team-a/checkout', id: { imageTag: '2' } },
    ],
    [
      'China',
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/checkout:2',
      { ...at, region: 'cn-north-1', id: { imageTag: '2' } },
    ],
    [
      'GovCloud with FIPS',
      '111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/checkout:2',
      { ...at, region: 'us-gov-west-1', id: { imageTag: '2' } },
    ],
    ['dual-stack', '111122223333.dkr-ecr.eu-west-1.on.aws/checkout:2', { ...at, id: { imageTag: '2' } }],
    [
      'dual-stack in China',
      '111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/checkout:2',
      { ...at, region: 'cn-north-1', id: { imageTag: '2' } },
    ],
  ])('%s', (_, image, expected) => {
    expect(parseEcrReference(image)).toEqual(expected);
  });

  it.each([
    ['the public gallery', 'public.ecr.aws/nginx/nginx:1'],
    ['Docker Hub', 'nginx:1'],
    ['another registry', 'ghcr.io/acme/checkout:2'],
    ['a registry without a repository', '111122223333.dkr.ecr.eu-west-1.amazonaws.com'],
    ['half a digest', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout@sha256:0a'],
    ['a short account', '1111.dkr.ecr.eu-west-1.amazonaws.com/checkout:2'],
    ['a host that only contains one', 'evil.test/111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:2'],
  ])('is not %s', (_, image) => {
    expect(parseEcrReference(image)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseEcrReference(`111122223333.dkr.ecr.${text}`)).not.toThrow();
      }),
    );
  });
});
