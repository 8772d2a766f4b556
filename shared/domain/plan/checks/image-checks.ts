import { utcMinute } from '../../utc.ts';
import type { ActiveService, ServiceImage } from '../situation.ts';
import { type Answer, type Check, check, unknown } from './check.ts';

/**
 * A forced deployment resolves tags again, so a tag that was moved makes of it a release; and a digest that a clean-up
 * deleted cannot be returned to.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability
 */
export function imageChecks({ images }: ActiveService): readonly Check[] {
  if (images.status === 'missing') {
    const because = `The images are not known: ${images.because}`;
    return [check('image-kept', 'block', because), check('image-changed', unknown(images.reason), because)];
  }
  const list = images.value;
  const unpinned = list.filter(({ isUnpinned }) => isUnpinned).map(({ container }) => container);
  const foreign = list.filter(({ registry }) => registry === 'other').map(({ container }) => container);
  return [
    worst('image-kept', list.map(kept)),
    worst('image-changed', list.map(changed)),
    unpinned.length === 0
      ? check('version-consistency', 'ok', 'Every task runs the digests of its deployment.')
      : check(
          'version-consistency',
          'warn',
          `Version consistency is off for ${unpinned.join(', ')}: its tasks may differ.`,
        ),
    foreign.length === 0
      ? check('registry', 'ok', 'All images are in Amazon ECR.')
      : check('registry', 'warn', `The image of ${foreign.join(', ')} is not in Amazon ECR and was not looked at.`),
  ];
}

type Finding = readonly [Answer, string];
const SEVEREST: readonly Answer[] = ['block', 'ask', 'warn', 'ok'];

/** Of images that a successor of a task would be started with anew; the others it has from the deployment. */
export const successorImages = (images: readonly ServiceImage[]): Check =>
  worst(
    'image-changed',
    images.map((image) =>
      image.isUnpinned || image.digest === undefined
        ? changed(image)
        : ['ok', `A successor runs the same image of ${image.container}.`],
    ),
  );

/** The worst of all containers, with every container that is as bad. */
function worst(id: 'image-kept' | 'image-changed', findings: readonly Finding[]): Check {
  const answer = SEVEREST.find((one) => findings.some(([found]) => found === one)) ?? 'ok';
  const texts = findings.filter(([found]) => found === answer).map(([, because]) => because);
  return check(id, answer, texts.join(' ') || 'It has no containers.');
}

function kept({ container, digest, registry, isKept }: ServiceImage): Finding {
  const name = `The image that ${container} runs${digest === undefined ? '' : `, ${short(digest)},`}`;
  if (isKept.status === 'found')
    return isKept.value ? ['ok', `${name} is in its repository.`] : ['block', `${name} is gone from its repository.`];
  // Elsewhere than in ECR nothing can be looked up; that is warned of.
  if (registry === 'other') return ['ok', `${name} is not in Amazon ECR.`];
  return ['block', `${name} was not found out: ${isKept.because}`];
}

function changed({ container, reference, digest, isFixed, latest }: ServiceImage): Finding {
  if (isFixed) return ['ok', `${container} names an image that cannot change.`];
  if (latest.status === 'missing')
    return [
      unknown(latest.reason),
      `Whether ${reference} of ${container} is still the same image is not known: ${latest.because}`,
    ];
  if (digest === undefined) return ['ask', `Which image ${container} runs is not known; ${reference} may be another.`];
  if (latest.value.digest === digest) return ['ok', `${reference} is still the image that ${container} runs.`];
  const pushed = latest.value.pushedAt === undefined ? '' : `, pushed ${utcMinute(latest.value.pushedAt)}`;
  return [
    'ask',
    `${container} runs ${short(digest)}; ${reference} is now ${short(latest.value.digest)}${pushed}. It would be released.`,
  ];
}

const short = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);
