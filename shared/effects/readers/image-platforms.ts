import type { ECRClient } from '@aws-sdk/client-ecr';
import type { EcrReference } from './image-reference.ts';

/** The manifests that list others, one for each platform; a plain manifest says its platform only in a layer. */
const LISTS: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** What is read of such a list. https://github.com/opencontainers/image-spec/blob/main/image-index.md */
interface PlatformList {
  readonly manifests?: readonly { readonly platform?: { readonly os?: string; readonly architecture?: string } }[];
}

/** `linux/amd64`, …, of an image for several platforms; `undefined` where that cannot be told from its manifest. */
export async function readPlatforms(
  client: ECRClient,
  { account, repository, id }: EcrReference,
  mediaType: string | undefined,
  abortSignal: AbortSignal,
): Promise<readonly string[] | undefined> {
  if (mediaType === undefined || !LISTS.includes(mediaType)) return undefined;
  const { BatchGetImageCommand } = await import('@aws-sdk/client-ecr');
  const command = new BatchGetImageCommand({
    registryId: account,
    repositoryName: repository,
    imageIds: [id],
    acceptedMediaTypes: [...LISTS],
  });
  try {
    const { images } = await client.send(command, { abortSignal });
    const platforms = platformsIn(images?.[0]?.imageManifest ?? '{}');
    return platforms.length === 0 ? undefined : platforms;
  } catch {
    // A detail: that the image exists is worth telling without it.
    return undefined;
  }
}

function platformsIn(manifest: string): readonly string[] {
  // The cast is true: ECR takes in nothing else under these media types.
  const { manifests = [] } = JSON.parse(manifest) as PlatformList;
  const platforms = manifests.flatMap(({ platform: { os, architecture } = {} }) =>
    // Attestations are listed as unknown/unknown.
    os === undefined || architecture === undefined || os === 'unknown' ? [] : `${os}/${architecture}`,
  );
  return [...new Set(platforms)];
}
