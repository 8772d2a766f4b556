import { createHash } from 'node:crypto';

/** The images of the harbour's services, a repository for each service. */
export interface ImageRegistry {
  /** Pushes an image that nobody has pushed before; the tag stands for it from now on. Answers its digest. */
  readonly push: (repository: string, tag: string, at: number) => string;
  /** A registry clean-up: the digest is gone, and tags that stand for it. */
  readonly forget: (repository: string, digest: string) => void;
  /** What the tag stands for. */
  readonly digestOf: (repository: string, tag: string) => string | undefined;
  readonly has: (repository: string, digest: string) => boolean;
  /** `undefined` where there is no such repository. */
  readonly images: (repository: string) => readonly PushedImage[] | undefined;
}

export interface PushedImage {
  readonly digest: string;
  /** None when they stand for other images by now. */
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly pushedAt: number;
}

export function createImageRegistry(): ImageRegistry {
  const repositories = new Map<string, readonly PushedImage[]>();
  const pushes = new Map<string, number>();
  const imagesIn = (repository: string): readonly PushedImage[] => repositories.get(repository) ?? [];
  return {
    push: (repository, tag, pushedAt) => {
      const count = (pushes.get(repository) ?? 0) + 1;
      pushes.set(repository, count);
      const digest = `sha256:${createHash('sha256').update(`${repository} ${count}`).digest('hex')}`;
      const others = imagesIn(repository).map((image) => ({ ...image, tags: image.tags.filter((it) => it !== tag) }));
      repositories.set(repository, [...others, { digest, tags: [tag], pushedAt }]);
      return digest;
    },
    forget: (repository, digest) => {
      repositories.set(
        repository,
        imagesIn(repository).filter((image) => image.digest !== digest),
      );
    },
    digestOf: (repository, tag) => imagesIn(repository).find(({ tags }) => tags.includes(tag))?.digest,
    has: (repository, digest) => imagesIn(repository).some((image) => image.digest === digest),
    images: (repository) => repositories.get(repository),
  };
}
