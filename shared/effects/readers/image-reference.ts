/** An image in Amazon ECR, taken apart. A digest, where there is one, is what counts; the tag beside it is a remark. */
export interface EcrReference {
  /** The account that owns the registry, which need not be the task's. */
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** Exactly one of the two. */
  readonly id: { readonly imageTag: string } | { readonly imageDigest: string };
}

/**
 * `ACCOUNT.dkr.ecr.REGION.SUFFIX/REPOSITORY`, or the dual-stack `ACCOUNT.dkr-ecr.REGION.SUFFIX/…`, in any partition:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_dualstack.html
 */
const REFERENCE =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z]{2}[a-z0-9-]{1,30})\.[a-z0-9.-]{1,60}\/([a-z0-9][a-z0-9._/-]{0,255})(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

/** Reads an image as a task definition names it; `undefined` for every registry but a private one of Amazon ECR. */
export function parseEcrReference(image: string): EcrReference | undefined {
  const [, account, region, repository, tag, digest] = REFERENCE.exec(image) ?? [];
  if (!account || !region || !repository) return undefined;
  // Without a tag and a digest the runtime takes this tag.
  const id = digest === undefined ? { imageTag: tag ?? 'latest' } : { imageDigest: digest };
  return { account, region, repository, id };
}
