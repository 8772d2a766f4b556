import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import {
  type ContainerDefinition,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, known, missing } from '../../../shared/domain/facts.ts';
import { hours } from '../../../shared/domain/instant.ts';
import { awsError } from '../failing.ts';
import {
  aDefinition,
  ago,
  aService,
  aTask,
  DEFINITION,
  digest,
  ecr,
  ecs,
  NOW,
  plainWorld,
  REPOSITORY,
  readActive,
  revisionArn,
} from './world.ts';

beforeEach(plainWorld);

interface Asked {
  readonly imageIds: readonly { readonly imageTag?: string; readonly imageDigest?: string }[];
}

/** What the repository has: the digest behind `stable`, and the digests that it still keeps. */
const repository = (stable: string | undefined, kept: readonly string[]) =>
  ecr.on(DescribeImagesCommand).callsFake(({ imageIds: [id] }: Asked) => {
    const asked = id?.imageDigest ?? stable;
    if (asked === undefined || !kept.includes(asked)) throw awsError('ImageNotFoundException');
    return { imageDetails: [{ imageDigest: asked, imagePushedAt: ago(hours(5)) }] };
  });

const containers = (...containerDefinitions: ContainerDefinition[]) =>
  ecs.on(DescribeTaskDefinitionCommand).resolves({ taskDefinition: aDefinition({ containerDefinitions }) });

/** Digests that the service revision pins; none: ECS did not resolve them. */
const pinned = (...digests: readonly string[]) =>
  ecs.on(DescribeServiceRevisionsCommand).callsFake(({ serviceRevisionArns }: { serviceRevisionArns: string[] }) => ({
    serviceRevisions: serviceRevisionArns.map((serviceRevisionArn) => ({
      serviceRevisionArn,
      taskDefinition: DEFINITION,
      containerImages: digests.map((imageDigest) => ({ containerName: 'app', imageDigest })),
    })),
  }));

const image = async () => {
  const images = known((await readActive()).images);
  if (images?.length !== 1) throw new Error('expected one image');
  return images[0];
};

describe('the image of a container', () => {
  it('is the same that the tag stands for, and one request says both', async () => {
    expect(await image()).toMatchObject({
      digest: digest(1),
      latest: found({ digest: digest(1) }),
      isKept: found(true),
    });
    expect(ecr.commandCalls(DescribeImagesCommand).map(({ args }) => args[0].input)).toEqual([
      { registryId: '111122223333', repositoryName: 'checkout', imageIds: [{ imageTag: 'stable' }] },
    ]);
  });

  it('is still kept when the tag has moved on', async () => {
    repository(digest(2), [digest(1), digest(2)]);
    expect(await image()).toMatchObject({
      digest: digest(1),
      latest: found({ digest: digest(2), pushedAt: NOW - hours(5) }),
      isKept: found(true),
    });
  });

  it('is gone when a clean-up deleted what the tag stood for before', async () => {
    repository(digest(2), [digest(2)]);
    expect(await image()).toMatchObject({ latest: found({ digest: digest(2) }), isKept: found(false) });
  });

  it('is kept although its tag is gone, which is told', async () => {
    repository(undefined, [digest(1)]);
    expect(await image()).toMatchObject({
      latest: missing('not-found', 'repository checkout has no image stable'),
      isKept: found(true),
    });
  });

  it('is gone with its whole repository', async () => {
    ecr.on(DescribeImagesCommand).rejects(awsError('RepositoryNotFoundException'));
    expect(await image()).toMatchObject({ isKept: found(false) });
  });

  it('is gone when it was archived, because that cannot be pulled', async () => {
    ecr.on(DescribeImagesCommand).resolves({ imageDetails: [{ imageDigest: digest(1), imageStatus: 'ARCHIVED' }] });
    expect(await image()).toMatchObject({ latest: { status: 'missing' }, isKept: found(false) });
  });

  it('cannot change when the task definition names its digest', async () => {
    containers({ name: 'app', image: `${REPOSITORY}:stable@${digest(1)}` });
    expect(await image()).toMatchObject({ isFixed: true, latest: found({ digest: digest(1) }), isKept: found(true) });
    expect(ecr.calls()).toHaveLength(1);
  });

  it.each(['nginx:1.29', 'public.ecr.aws/nginx/nginx:1.29', 'ghcr.io/harbor/checkout:stable'])(
    'is not looked for outside Amazon ECR: %s',
    async (reference) => {
      containers({ name: 'app', image: reference });
      const elsewhere = missing('not-applicable', 'it is not in Amazon ECR');
      expect(await image()).toMatchObject({ reference, registry: 'other', latest: elsewhere, isKept: elsewhere });
      expect(ecr.calls()).toHaveLength(0);
    },
  );

  it('is not pinned where version consistency is off', async () => {
    containers({ name: 'app', image: `${REPOSITORY}:stable`, versionConsistency: 'disabled' });
    expect(await image()).toMatchObject({ isUnpinned: true });
  });

  it.each([
    ['throttled', 'ThrottlingException', 'AWS throttled ecr:DescribeImages'],
    ['denied', 'AccessDeniedException', 'ecr:DescribeImages is not allowed on repository checkout'],
  ] as const)('is not called gone when the registry is %s', async (reason, name, because) => {
    ecr.on(DescribeImagesCommand).rejects(awsError(name));
    expect(await image()).toMatchObject({ latest: missing(reason, because), isKept: missing(reason, because) });
  });
});

describe('the digest that runs', () => {
  const tasks = (...digests: readonly string[]) =>
    ecs.on(DescribeTasksCommand).resolves({
      tasks: digests.map((imageDigest, index) =>
        aTask(`checkout-${index + 1}`, { containers: [{ name: 'app', imageDigest }] }),
      ),
    });

  it('is that of the revision which most tasks run', async () => {
    ecs.on(DescribeServicesCommand).resolves({
      services: [
        aService({
          currentServiceRevisions: [
            { arn: revisionArn(8), runningTaskCount: 0 },
            { arn: revisionArn(7), runningTaskCount: 2 },
          ],
        }),
      ],
    });
    ecs.on(DescribeServiceRevisionsCommand).resolves({
      serviceRevisions: [8, 7].map((id) => ({
        serviceRevisionArn: revisionArn(id),
        taskDefinition: DEFINITION,
        containerImages: [{ containerName: 'app', imageDigest: digest(id) }],
      })),
    });
    expect(await image()).toMatchObject({ digest: digest(7) });
  });

  it('is that of the revision although tasks say otherwise', async () => {
    pinned(digest(3));
    tasks(digest(4));
    expect(await image()).toMatchObject({ digest: digest(3) });
  });

  it('is that of all tasks where the revision has none', async () => {
    pinned();
    tasks(digest(4), digest(4));
    expect(await image()).toMatchObject({ digest: digest(4), isKept: found(true) });
  });

  it('is not known where tasks differ, but whether all are kept is', async () => {
    pinned();
    tasks(digest(4), digest(5));
    repository(digest(4), [digest(4)]);
    const differing = await image();
    expect(differing).not.toHaveProperty('digest');
    expect(differing?.isKept).toEqual(found(false));
  });

  it('is not known where nothing says it, and then nobody knows whether it is kept', async () => {
    pinned();
    tasks();
    ecs.on(DescribeServicesCommand).resolves({ services: [aService({ runningCount: 0 })] });
    const unknown = await image();
    expect(unknown).not.toHaveProperty('digest');
    expect(unknown?.isKept).toEqual(missing('not-found', 'ECS does not tell which image the tasks run'));
  });
});
