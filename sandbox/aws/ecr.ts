import { imagesIn } from '../estate/registry.ts';
import { isObject, wordOf } from '../json-object.ts';
import { armadaImages } from '../scenario/armada.ts';
import { type Operations, refuse } from './operation.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export const ecrOperations: Operations = {
  'ecr:DescribeImages': ({ repositoryName, imageIds }) => {
    const repository = wordOf(repositoryName);
    const images = armadaImages(repository) ?? imagesIn(repository);
    if (images === undefined) return refuse('RepositoryNotFoundException', `no repository ${repository}`);
    if (!Array.isArray(imageIds)) return { imageDetails: images };
    const tags = imageIds.map((id) => (isObject(id) ? wordOf(id['imageTag']) : ''));
    const asked = images.filter(({ imageTags }) => imageTags.some((tag) => tags.includes(tag)));
    return asked.length === 0
      ? refuse('ImageNotFoundException', `no image ${tags.join(', ')} in ${repository}`)
      : { imageDetails: asked };
  },
};
