import type { ECRClient, ImageDetail } from '@aws-sdk/client-ecr';
import { found, type Gathered, type ImageFacts } from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import type { Place } from '../../domain/place.ts';
import { present } from '../../domain/present.ts';
import { awsFailure } from '../aws-failure.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { readPlatforms } from './image-platforms.ts';
import { type EcrReference, parseEcrReference } from './image-reference.ts';

/**
 * What Amazon ECR knows of an image that a task at this place runs; `undefined` for an image elsewhere, which is not asked
 * for. Never throws.
 */
export type ImageReader = (image: string, at: Place) => Promise<Gathered<ImageFacts> | undefined>;

const TIMEOUT = seconds(3);
/** The most that DescribeImages answers at once. */
const PAGE = 1_000;

/**
 * Asks the registry of the image's own account and Region, with the rights of the task's account. Where the image is missing, the newest tag is named if one
 * page (1,000 images) holds the whole repository: ECR answers in no order, so a part of it does not tell the newest.
 * `budget` is the time of one call, 3 seconds unless given.
 */
export function createImageReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'ecrFor'>>;
  readonly budget?: Budget;
}): ImageReader {
  const { clientsAt, budget = budgetOf(TIMEOUT) } = deps;
  return async (image, at) => {
    const reference = parseEcrReference(image);
    if (reference === undefined) return undefined;
    return gathered(questionOf(reference), budget(), async (abortSignal) =>
      found(await readImage(await clientsAt(at).ecrFor(reference.region), reference, abortSignal)),
    );
  };
}

const questionOf = ({ repository }: EcrReference): Question => ({
  action: 'ecr:DescribeImages',
  on: `on repository ${repository}`,
  notFound: `the registry of repository ${repository} does not exist`,
});

async function readImage(client: ECRClient, reference: EcrReference, abortSignal: AbortSignal): Promise<ImageFacts> {
  const { repository, id } = reference;
  const asked = { repository, reference: 'imageTag' in id ? id.imageTag : id.imageDigest };
  const answer = await describeImage(client, reference, abortSignal);
  if (answer === 'no repository') return { ...asked, exists: false, repositoryMissing: true };
  if (answer === 'no image') {
    return present({ ...asked, exists: false, newest: await newestTag(client, reference, abortSignal) });
  }
  const platforms = await readPlatforms(client, reference, answer.imageManifestMediaType, abortSignal);
  return present({ ...asked, exists: true, pushedAt: answer.imagePushedAt?.getTime(), platforms });
}

/** Missing things are answers here, so they are told apart from each other and from other errors. */
async function describeImage(
  client: ECRClient,
  { account, repository, id }: EcrReference,
  abortSignal: AbortSignal,
): Promise<ImageDetail | 'no image' | 'no repository'> {
  // Comes with the client, which is loaded on first use.
  const { DescribeImagesCommand } = await import('@aws-sdk/client-ecr');
  const command = new DescribeImagesCommand({ registryId: account, repositoryName: repository, imageIds: [id] });
  try {
    const { imageDetails } = await client.send(command, { abortSignal });
    return imageDetails?.[0] ?? 'no image';
  } catch (error) {
    const { name } = awsFailure(error);
    if (name === 'ImageNotFoundException') return 'no image';
    if (name === 'RepositoryNotFoundException') return 'no repository';
    throw error;
  }
}

async function newestTag(
  client: ECRClient,
  { account, repository }: EcrReference,
  abortSignal: AbortSignal,
): Promise<ImageFacts['newest']> {
  const { DescribeImagesCommand } = await import('@aws-sdk/client-ecr');
  const command = new DescribeImagesCommand({
    registryId: account,
    repositoryName: repository,
    filter: { tagStatus: 'TAGGED' },
    maxResults: PAGE,
  });
  const { imageDetails = [], nextToken } = await client.send(command, { abortSignal });
  if (nextToken !== undefined) return undefined;
  const tagged = imageDetails.flatMap(({ imageTags = [], imagePushedAt }) => {
    // `latest` moves along with the others and says nothing.
    const tag = imageTags.find((name) => name !== 'latest') ?? imageTags[0];
    return tag === undefined || imagePushedAt === undefined ? [] : { tag, pushedAt: imagePushedAt.getTime() };
  });
  return tagged.toSorted((a, b) => b.pushedAt - a.pushedAt)[0];
}
