/**
 * What changed about a container's image, as a list of one sentence or none. `digests` is what ECS resolved the
 * references to, before and after, where that is known: the same tag with another digest was moved.
 */
export function imageDifference(
  before: string,
  after: string,
  [oldDigest, newDigest]: readonly [string | undefined, string | undefined],
): readonly string[] {
  const isResolved = oldDigest !== undefined && newDigest !== undefined;
  if (before === after) {
    if (!isResolved || oldDigest === newDigest) return [];
    const { version } = splitReference(after);
    return [
      `image ${version}: the tag was moved to another image, ${shortDigest(oldDigest)} -> ${shortDigest(newDigest)}`,
    ];
  }
  const [old, now] = [splitReference(before), splitReference(after)];
  const names = old.repository === now.repository ? [old.version, now.version] : [before, after].map(shortReference);
  return [`image ${names.join(' -> ')}${isResolved && oldDigest === newDigest ? ', the same digest' : ''}`];
}

/** `registry:5000/checkout:2.31.0@sha256:…`: a digest beats the tag, and a port is no tag. */
function splitReference(reference: string): { readonly repository: string; readonly version: string } {
  const [, repository = reference, tag, digest] = /^(.*?)(?::([^:/@]+))?(?:@(.+))?$/.exec(reference) ?? [];
  return { repository, version: digest === undefined ? (tag ?? 'latest') : shortDigest(digest) };
}

const shortReference = (reference: string): string =>
  reference.replace(/@(.+)$/, (_, digest) => `@${shortDigest(digest)}`);

/** As `docker images --digests` readers know it: twelve hexadecimal digits. */
export const shortDigest = (digest: string): string => digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1');
