import { BatchGetImageCommand, DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { createImageReader } from '../../../shared/effects/readers/image-reader.ts';
import { aBudget, awsError, never } from '../failing.ts';

const client = new ECRClient({ region: 'eu-west-1' });
const ecr = mockClient(client);
let regions: string[] = [];
beforeEach(() => {
  ecr.reset();
  regions = [];
});

const IMAGE = '999900001111.dkr.ecr.us-east-2.amazonaws.com/checkout:2.31.0';
const HOME = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const read = (image = IMAGE, budget = aBudget().budget) =>
  createImageReader({
    clientsAt: () => ({
      ecrFor: async (region) => {
        regions.push(region);
        return client;
      },
    }),
    budget,
  })(image, HOME);

const PUSHED = new Date('2026-11-16T14:03:00Z');
const asked = { repository: 'checkout', reference: '2.31.0' };
const ofImage = { imageIds: [{ imageTag: '2.31.0' }] };
const noImage = () => ecr.on(DescribeImagesCommand, ofImage).rejects(awsError('ImageNotFoundException'));

describe('an image that is there', () => {
  it('is told with the time of its push, from its own account and Region', async () => {
    ecr.on(DescribeImagesCommand).resolves({ imageDetails: [{ imageTags: ['2.31.0'], imagePushedAt: PUSHED }] });
    expect(await read()).toEqual(found({ ...asked, exists: true, pushedAt: PUSHED.getTime() }));
    expect(regions).toEqual(['us-east-2']);
    expect(ecr.commandCalls(DescribeImagesCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { registryId: '999900001111', repositoryName: 'checkout', ...ofImage },
    ]);
  });

  describe('for several platforms', () => {
    beforeEach(() => {
      ecr.on(DescribeImagesCommand).resolves({
        imageDetails: [{ imageManifestMediaType: 'application/vnd.oci.image.index.v1+json' }],
      });
    });

    it('is told with them, without its attestations', async () => {
      const platform = (os: string, architecture: string) => ({ platform: { os, architecture } });
      const imageManifest = JSON.stringify({
        manifests: [platform('linux', 'amd64'), platform('unknown', 'unknown'), platform('linux', 'arm64')],
      });
      ecr.on(BatchGetImageCommand).resolves({ images: [{ imageManifest }] });
      expect(await read()).toEqual(found({ ...asked, exists: true, platforms: ['linux/amd64', 'linux/arm64'] }));
    });

    it.each([
      ['the manifest may not be read', () => ecr.on(BatchGetImageCommand).rejects(awsError('AccessDeniedException'))],
      ['the manifest is no JSON', () => ecr.on(BatchGetImageCommand).resolves({ images: [{ imageManifest: '<' }] })],
      ['the manifest is gone', () => ecr.on(BatchGetImageCommand).resolves({ images: [] })],
    ])('is told without them when %s', async (_, arrange) => {
      arrange();
      expect(await read()).toEqual(found({ ...asked, exists: true }));
    });
  });
});

describe('an image that is missing', () => {
  it('is told with the newest tag of its repository', async () => {
    noImage();
    ecr.on(DescribeImagesCommand, { filter: { tagStatus: 'TAGGED' } }).resolves({
      imageDetails: [
        { imageTags: ['2.30.3'], imagePushedAt: new Date('2026-11-02T10:00:00Z') },
        { imageTags: ['latest', '2.30.4'], imagePushedAt: PUSHED },
        { imageTags: ['2.29.0'], imagePushedAt: new Date('2026-10-01T10:00:00Z') },
      ],
    });
    const newest = { tag: '2.30.4', pushedAt: PUSHED.getTime() };
    expect(await read()).toEqual(found({ ...asked, exists: false, newest }));
  });

  it('is told without the newest when a page does not hold the repository', async () => {
    noImage();
    ecr
      .on(DescribeImagesCommand, { filter: { tagStatus: 'TAGGED' } })
      .resolves({ imageDetails: [{ imageTags: ['2.30.3'], imagePushedAt: PUSHED }], nextToken: 'more' });
    expect(await read()).toEqual(found({ ...asked, exists: false }));
  });

  it('is told of a repository that is empty', async () => {
    noImage();
    ecr.on(DescribeImagesCommand, { filter: { tagStatus: 'TAGGED' } }).resolves({ imageDetails: [] });
    expect(await read()).toEqual(found({ ...asked, exists: false }));
  });

  it('is told of a repository that does not exist', async () => {
    ecr.on(DescribeImagesCommand).rejects(awsError('RepositoryNotFoundException'));
    expect(await read()).toEqual(found({ ...asked, exists: false, repositoryMissing: true }));
  });
});

describe('an image that is not known', () => {
  it('is not asked for outside of Amazon ECR', async () => {
    expect(await read('public.ecr.aws/nginx/nginx:1')).toBeUndefined();
    expect(regions).toEqual([]);
  });

  it.each([
    ['AccessDeniedException', 'denied', 'ecr:DescribeImages is not allowed on repository checkout'],
    ['ThrottlingException', 'throttled', 'AWS throttled ecr:DescribeImages'],
    ['ServerException', 'failed', 'ecr:DescribeImages failed (ServerException)'],
  ] as const)('is missing after %s', async (name, reason, because) => {
    ecr.on(DescribeImagesCommand).rejects(awsError(name));
    expect(await read()).toEqual(missing(reason, because));
  });

  it('is missing when ECR does not answer in time', async () => {
    ecr.on(DescribeImagesCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const answer = read(IMAGE, budget);
    spend();
    expect(await answer).toEqual(missing('timeout', 'ecr:DescribeImages did not answer in time'));
  });
});
