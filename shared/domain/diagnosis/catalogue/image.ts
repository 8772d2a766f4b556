import { type Entry, the, when } from '../entry.ts';

const page = 'task_cannot_pull_image.html';

export const image = {
  'image/not-found': {
    title: 'Image not found',
    summary: (v) => `The registry has no ${v.image ?? 'such image'}, or the reference is not valid.`,
    fix: (v) => [
      `Check that ${the('image', v.image)} exists, with exactly this tag or digest.`,
      'Push the image again, or deploy a revision whose image exists. ECS keeps a service on the digest that it resolved first, so an overwritten or expired tag breaks replacements.',
      'Keep images of running revisions out of lifecycle policies that expire them.',
    ],
    page,
  },
  'image/ecr-access-denied': {
    title: 'ECR refused the pull',
    summary: (v) =>
      `Amazon ECR refused the pull of ${the('image', v.image)}${when(v.action, (action) => ` (${action})`)}.`,
    fix: (v) => [
      `Allow ecr:GetAuthorizationToken on *, and ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer and ecr:BatchGetImage on the repository, for ${the('role', v.role)} (Fargate: the execution role; EC2: also the instance role).`,
      'For a repository of another account, allow the role in the repository policy.',
      'Check the policies of the VPC endpoints ecr.api, ecr.dkr and S3.',
      `Check that ${the('image', v.image)} exists: ECR answers alike for a missing and a forbidden repository.`,
    ],
    page,
  },
  'image/registry-auth': {
    title: 'Registry refused the pull',
    summary: (v) => `The registry refused ${the('image', v.image)}: it is private, or it does not exist.`,
    fix: (v) => [
      `Check the name and the tag of ${the('image', v.image)}.`,
      'For a private image set `repositoryCredentials` to a secret with user name and password, and let the execution role read it.',
      'Check that the credentials in the secret are still valid.',
    ],
    page: 'private-auth.html',
  },
  'image/rate-limited': {
    title: 'Registry rate limit',
    summary: (v) => `The registry throttled the pull of ${the('image', v.image)}.`,
    fix: () => [
      'Pull through an ECR pull-through cache, or mirror the image into ECR.',
      'Authenticate against the registry: anonymous pulls share the limit of the NAT address.',
      'Space out deployments that start many tasks at once.',
    ],
    page,
  },
  'image/platform-mismatch': {
    title: 'Wrong image platform',
    summary: (v) =>
      `${v.image === undefined ? 'The image' : `Image ${v.image}`} was not built for ${v.platform ?? 'the CPU architecture or the operating system of its host'}.`,
    fix: (v) => [
      `Build for ${v.platform ?? 'the platform of the task'} (\`docker buildx build --platform …\`), or set \`runtimePlatform\` in the task definition to that of the image.`,
      'Windows: the base image must be of the same release as the host.',
    ],
    page: 'task_definition_parameters.html',
  },
  'image/pull-failed': {
    title: 'Image pull failed',
    summary: (v) => `Pulling ${the('image', v.image)} failed, and ECS does not say why.`,
    fix: (v) => [
      `Pull ${the('image', v.image)} by hand from the same subnet with the same role.`,
      'Check the route to the registry and, for ECR, the S3 gateway endpoint: layers come from S3.',
      'Push the image again; if only new images fail, compare how their layers are compressed and signed.',
    ],
    page,
  },
} satisfies Readonly<Record<string, Entry>>;
