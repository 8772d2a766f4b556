import type { Harbour } from '../ecs/harbour.ts';
import { inSeconds } from '../ecs/names.ts';
import { COMPANY } from '../estate/company.ts';
import { type ImageDescription, imagesIn } from '../estate/registry.ts';
import { isObject, wordOf } from '../json-object.ts';
import { armadaImages } from '../scenario/armada.ts';
import { type Operations, refuse, textsOf } from './operation.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export const ecrOperations = (harbour: Harbour): Operations => ({
  'ecr:DescribeImages': ({ repositoryName, imageIds }) => {
    const repository = wordOf(repositoryName);
    const images = allImages(harbour, repository);
    if (images === undefined) return noRepository(repository);
    if (!Array.isArray(imageIds)) return { imageDetails: images };
    const wanted = imageIds.filter(isObject).map(({ imageTag, imageDigest }) => wordOf(imageTag ?? imageDigest));
    const asked = images.filter(({ imageTags, imageDigest }) =>
      [...imageTags, imageDigest].some((name) => wanted.includes(wordOf(name))),
    );
    // One that is missing fails the whole call.
    const missing = wanted.filter(
      (name) => !asked.some(({ imageTags, imageDigest }) => imageDigest === name || imageTags.includes(name)),
    );
    return missing.length > 0
      ? refuse('ImageNotFoundException', `no image ${missing.join(', ')} in ${repository}`)
      : { imageDetails: asked };
  },

  'ecr:DescribeRepositories': ({ repositoryNames }) => {
    const names = textsOf(repositoryNames);
    const unknown = names.find((name) => allImages(harbour, name) === undefined);
    return unknown === undefined
      ? { repositories: names.map((name) => repositoryOf(harbour, name)) }
      : noRepository(unknown);
  },
});

const allImages = (harbour: Harbour, repository: string): readonly ImageDescription[] | undefined =>
  harbourImages(harbour, repository) ?? armadaImages(repository) ?? imagesIn(repository);

const noRepository = (name: string) => refuse('RepositoryNotFoundException', `no repository ${name}`);

const harbourImages = (harbour: Harbour, repository: string): readonly ImageDescription[] | undefined =>
  harbour.registry.images(repository)?.map(({ digest, tags, pushedAt }) => ({
    registryId: COMPANY.account,
    repositoryName: repository,
    imageDigest: digest,
    imageTags: tags,
    imagePushedAt: inSeconds(pushedAt),
    imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
  }));

/** A repository has the name of its service. */
function repositoryOf(harbour: Harbour, repositoryName: string): object {
  const isImmutable = harbour
    .services()
    .some(({ service, settings }) => service === repositoryName && settings.isTagImmutable);
  const { partition, region, account } = COMPANY;
  return {
    repositoryArn: `arn:${partition}:ecr:${region}:${account}:repository/${repositoryName}`,
    registryId: account,
    repositoryName,
    imageTagMutability: isImmutable ? 'IMMUTABLE' : 'MUTABLE',
  };
}
