import { type Facts, type ImageFacts, known, type TaskDefinitionFacts } from '../facts.ts';
import { utcMinute } from '../utc.ts';
import { CATALOGUE } from './catalogue.ts';
import type { CauseId } from './causes.ts';
import { confirm } from './confirm.ts';
import type { Diagnosis } from './diagnosis.ts';
import { headingOf } from './heading.ts';

const READ = 'ecr:DescribeImages';

/**
 * What Amazon ECR knows of the image beside what it told the task: whether it is there at all, and if not, what is.
 * A failed pull without words becomes `image/not-found` when the image is missing; a refusal stays a refusal.
 */
export function sharpenImage(diagnosis: Diagnosis, facts: Facts): Diagnosis {
  const image = known(facts.image);
  const sharpen = BY_CAUSE[diagnosis.cause];
  if (image === undefined || sharpen === undefined) return diagnosis;
  return confirm(sharpen(diagnosis, image, known(facts.taskDefinition)), READ, shown(image));
}

type Sharpen = (diagnosis: Diagnosis, image: ImageFacts, definition: TaskDefinitionFacts | undefined) => Diagnosis;

const BY_CAUSE: Readonly<Partial<Record<CauseId, Sharpen>>> = {
  'image/not-found': (diagnosis, image) =>
    image.exists
      ? { ...diagnosis, fix: [againStep(image), ...diagnosis.fix] }
      : { ...diagnosis, summary: absence(image), fix: missingSteps(image, diagnosis.fix) },

  'image/pull-failed': (diagnosis, image) =>
    image.exists
      ? { ...diagnosis, summary: `${diagnosis.summary} ${presence(image)}: it failed on the way or in unpacking.` }
      : {
          ...diagnosis,
          ...headingOf('image/not-found'),
          confidence: 'likely',
          summary: absence(image),
          fix: missingSteps(image, CATALOGUE['image/not-found'].fix({ image: nameOf(image) })),
        },

  'image/ecr-access-denied': (diagnosis, image) =>
    image.exists
      ? {
          ...diagnosis,
          summary: `${diagnosis.summary} ${presence(image)}: only the permission is missing.`,
          fix: diagnosis.fix.filter((step) => !ASKS_WHETHER_IT_EXISTS.test(step)),
        }
      : { ...diagnosis, summary: `${diagnosis.summary} ${absence(image)}`, fix: missingSteps(image, diagnosis.fix) },

  'image/platform-mismatch': (diagnosis, image, definition) => {
    const wanted = definition?.cpuArchitecture;
    if (image.platforms === undefined || wanted === undefined) return diagnosis;
    return {
      ...diagnosis,
      summary: `${diagnosis.summary} ECR has it for ${image.platforms.join(', ')}; the task definition asks for ${wanted}.`,
    };
  },
};

/** The catalogue's step that the read has just answered. */
const ASKS_WHETHER_IT_EXISTS = /^Check that .* exists\b/;

const isDigest = ({ reference }: ImageFacts): boolean => reference.startsWith('sha256:');

/** `checkout:2.31.0`, or with a digest `checkout@sha256:…`. */
const nameOf = (image: ImageFacts): string => `${image.repository}${isDigest(image) ? '@' : ':'}${image.reference}`;

const shown = (image: ImageFacts): string =>
  `${nameOf(image)} ${image.exists ? `is there${pushed(image.pushedAt)}` : 'is not there'}`;

const presence = (image: ImageFacts): string => `ECR has the image${pushed(image.pushedAt)}`;

const pushed = (at: number | undefined): string => (at === undefined ? '' : `, pushed ${utcMinute(at)}`);

function absence(image: ImageFacts): string {
  const { repository, reference, repositoryMissing, newest } = image;
  if (repositoryMissing) return `ECR has no repository ${repository}.`;
  const what = `ECR has no ${isDigest(image) ? 'digest' : 'tag'} ${reference} in ${repository}`;
  return newest === undefined ? `${what}.` : `${what}; the newest is ${newest.tag}${pushed(newest.pushedAt)}.`;
}

/** ECS resolves a tag once per deployment, so the tag may have been moved away from the digest that it asks for. */
const againStep = (image: ImageFacts): string =>
  `ECR has ${nameOf(image)} now${pushed(image.pushedAt)}. If that was after the stop, or the tag was moved since ECS resolved it, force a new deployment.`;

function missingSteps(image: ImageFacts, others: readonly string[]): readonly string[] {
  const { repository, repositoryMissing, newest } = image;
  const alternative = newest === undefined ? 'one that exists' : `one that exists, such as ${newest.tag}`;
  return [
    repositoryMissing
      ? `Correct the repository's name, account and Region in the task definition, or create ${repository} and push to it.`
      : `Push ${nameOf(image)}, or deploy ${alternative}.`,
    ...others.filter((step) => !ASKS_WHETHER_IT_EXISTS.test(step)),
    // A pull-through cache names its repositories PREFIX/NAME and fills them on the first pull.
    ...(repository.includes('/')
      ? [`If ${repository} belongs to a pull-through cache, look at its rule and the registry behind it.`]
      : []),
  ];
}
