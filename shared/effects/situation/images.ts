import type { ImageDetail } from '@aws-sdk/client-ecr';
import type { ContainerDefinition, ServiceRevision, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import type { ServiceImage } from '../../domain/plan/situation.ts';
import { present } from '../../domain/present.ts';
import { type EcrReference, parseEcrReference } from '../readers/image-reference.ts';
import { allOf } from './answers.ts';
import type { Reading } from './ask.ts';

/** What Amazon ECR has under a tag or a digest. Each is asked for once, however many services run it. */
export type Registry = (image: EcrReference) => Promise<Gathered<ImageDetail>>;

export function createRegistry(reading: Reading): Registry {
  const asked = new Map<string, Promise<Gathered<ImageDetail>>>();
  return (image) => {
    const key = JSON.stringify(image);
    const answer = asked.get(key) ?? describeImage(image, reading);
    asked.set(key, answer);
    return answer;
  };
}

/** In the registry of the image's own account and Region. One that was archived is there and cannot be pulled. */
function describeImage(image: EcrReference, { clients, ask }: Reading): Promise<Gathered<ImageDetail>> {
  const { account, region, repository, id } = image;
  const name = 'imageTag' in id ? id.imageTag : id.imageDigest;
  const question = {
    action: 'ecr:DescribeImages',
    on: `on repository ${repository}`,
    notFound: `repository ${repository} has no image ${name}`,
  };
  return ask(question, async (abortSignal) => {
    const { DescribeImagesCommand } = await import('@aws-sdk/client-ecr');
    const command = new DescribeImagesCommand({ registryId: account, repositoryName: repository, imageIds: [id] });
    const [detail] = (await (await clients.ecrFor(region)).send(command, { abortSignal })).imageDetails ?? [];
    return detail === undefined || detail.imageStatus === 'ARCHIVED'
      ? missing('not-found', question.notFound)
      : found(detail);
  });
}

/** By container, the digests that run. */
type Digests = (container: string) => readonly string[];

/**
 * Those of the service's revision. Where ECS keeps none (CodeDeploy, no deployment since October 2024) or did not resolve
 * them, those of the tasks, which may differ from each other.
 */
export function digestsInUse(revision: ServiceRevision | undefined, tasks: readonly Task[]): Digests {
  const { containerImages = [] } = revision ?? {};
  return (container) => {
    const pinned = containerImages.find(({ containerName }) => containerName === container)?.imageDigest;
    if (pinned !== undefined) return [pinned];
    const running = tasks.flatMap(({ containers = [] }) =>
      containers.flatMap(({ name, imageDigest }) => (name === container && imageDigest ? [imageDigest] : [])),
    );
    return [...new Set(running)];
  };
}

export const readImages = (
  { containerDefinitions = [] }: TaskDefinition,
  digests: Digests,
  registry: Registry,
): Promise<readonly ServiceImage[]> =>
  Promise.all(containerDefinitions.map((container) => readImage(container, digests(container.name ?? ''), registry)));

async function readImage(
  { name = '', image: reference = '', versionConsistency }: ContainerDefinition,
  digests: readonly string[],
  registry: Registry,
): Promise<ServiceImage> {
  const [digest] = digests;
  const image = present({
    container: name,
    reference,
    isFixed: reference.includes('@sha256:'),
    isUnpinned: versionConsistency === 'disabled',
    digest: digests.length === 1 ? digest : undefined,
  });
  const parsed = parseEcrReference(reference);
  if (parsed === undefined) return { ...image, registry: 'other', latest: ELSEWHERE, isKept: ELSEWHERE };
  const latest = await registry(parsed);
  const current = latest.status === 'found' ? latest.value.imageDigest : undefined;
  const others = digests.filter((one) => one !== current);
  const kept = await Promise.all(others.map((one) => registry({ ...parsed, id: { imageDigest: one } })));
  return {
    ...image,
    registry: 'ecr',
    latest: latestOf(latest),
    isKept: digests.length === 0 ? UNRESOLVED : allKept(kept),
  };
}

const ELSEWHERE = missing('not-applicable', 'it is not in Amazon ECR');
const UNRESOLVED = missing('not-found', 'ECS does not tell which image the tasks run');

function latestOf(answer: Gathered<ImageDetail>): ServiceImage['latest'] {
  if (answer.status === 'missing') return answer;
  const { imageDigest, imagePushedAt } = answer.value;
  return imageDigest === undefined
    ? missing('not-found', 'Amazon ECR does not tell its digest')
    : found(present({ digest: imageDigest, pushedAt: imagePushedAt?.getTime() }));
}

/** What the registry does not have is an answer here, and no failure to answer. */
function allKept(answers: readonly Gathered<ImageDetail>[]): Gathered<boolean> {
  const gone = answers.find((answer) => answer.status === 'missing' && answer.reason === 'not-found');
  if (gone !== undefined) return found(false);
  const all = allOf(answers);
  return all.status === 'missing' ? all : found(true);
}
