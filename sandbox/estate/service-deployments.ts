import { createHash } from 'node:crypto';
import { COMPANY, FAMILIES } from './company.ts';
import { imagesIn } from './registry.ts';
import { MIDNIGHT, type ServiceSketch, SKETCHES } from './services.ts';

/** A service deployment as `DescribeServiceDeployments` answers it: times in epoch seconds. */
export interface ServiceDeploymentDescription {
  readonly serviceDeploymentArn: string;
  readonly status: string;
  readonly createdAt: number;
  readonly targetServiceRevision: { readonly arn: string };
  readonly [field: string]: unknown;
}

/** A service revision as `DescribeServiceRevisions` answers it. */
interface ServiceRevisionDescription {
  readonly serviceRevisionArn: string;
  readonly [field: string]: unknown;
}

/** The deployment that serves, and the one that failed after it; the latest first. */
export const serviceDeployments = (cluster: string, service: string): readonly ServiceDeploymentDescription[] =>
  SKETCHES.filter((sketch) => sketch.cluster === cluster && sketch.name === service).flatMap(deploymentsOf);

export const serviceDeployment = (arn: string): ServiceDeploymentDescription | undefined =>
  SKETCHES.flatMap(deploymentsOf).find(({ serviceDeploymentArn }) => serviceDeploymentArn === arn);

export const serviceRevision = (arn: string): ServiceRevisionDescription | undefined =>
  SKETCHES.flatMap(revisionsOf).find(({ serviceRevisionArn }) => serviceRevisionArn === arn);

function deploymentsOf(sketch: ServiceSketch): readonly ServiceDeploymentDescription[] {
  const { name, revision, desired, failed } = sketch;
  const serving = {
    ...common(sketch),
    serviceDeploymentArn: arnOf(sketch, 'service-deployment', `serving-${name}`),
    status: 'SUCCESSFUL',
    createdAt: MIDNIGHT - 86_400,
    finishedAt: MIDNIGHT - 86_400 + 240,
    targetServiceRevision: revisionSummary(sketch, revision, desired),
  };
  if (failed === undefined) return [serving];
  return [
    {
      ...common(sketch),
      serviceDeploymentArn: arnOf(sketch, 'service-deployment', `failed_${name}`),
      status: 'ROLLBACK_SUCCESSFUL',
      createdAt: MIDNIGHT,
      finishedAt: MIDNIGHT + 660,
      sourceServiceRevisions: [revisionSummary(sketch, revision, desired)],
      targetServiceRevision: revisionSummary(sketch, failed.revision, 0),
      rollback: { serviceRevisionArn: revisionArn(sketch, revision), startedAt: MIDNIGHT + 600 },
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: failed.tasks, threshold: failed.tasks },
    },
    serving,
  ];
}

const revisionsOf = (sketch: ServiceSketch): readonly ServiceRevisionDescription[] =>
  [sketch.revision, sketch.failed?.revision ?? []].flat().map((revision) => ({
    ...common(sketch),
    serviceRevisionArn: revisionArn(sketch, revision),
    taskDefinition: `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:task-definition/${sketch.name}:${revision}`,
    launchType: FAMILIES[sketch.name]?.launchType ?? 'FARGATE',
    platformVersion: '1.4.0',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-01c68a665fda93755'] } },
    containerImages: containerImages(sketch.name, revision),
    createdAt: MIDNIGHT,
  }));

const common = (sketch: ServiceSketch) => ({
  serviceArn: arnOf(sketch, 'service'),
  clusterArn: `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:cluster/${sketch.cluster}`,
});

const revisionSummary = (sketch: ServiceSketch, revision: number, tasks: number) => ({
  arn: revisionArn(sketch, revision),
  requestedTaskCount: sketch.desired,
  runningTaskCount: tasks,
  pendingTaskCount: 0,
});

/** Revisions of services have ids of their own; ours are easier to follow. */
const revisionArn = (sketch: ServiceSketch, revision: number): string =>
  arnOf(sketch, 'service-revision', String(revision));

const arnOf = ({ cluster, name }: ServiceSketch, type: string, id?: string): string =>
  `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:${[type, cluster, name, ...(id === undefined ? [] : [id])].join('/')}`;

/** A tag that nobody pushed has no digest. */
function containerImages(name: string, revision: number): readonly object[] {
  const base = `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:task-definition/${name}`;
  // True for every definition of a family.
  const containers = FAMILIES[name]?.describe(base, revision).containerDefinitions as
    | readonly { readonly name: string; readonly image: string }[]
    | undefined;
  return (containers ?? []).map(({ name: containerName, image }) => ({
    containerName,
    image,
    ...(isPushed(image) && { imageDigest: `sha256:${createHash('sha256').update(image).digest('hex')}` }),
  }));
}

function isPushed(image: string): boolean {
  const [, repository = '', tag = ''] = /\/([^/:]+):([^/:]+)$/.exec(image) ?? [];
  const images = imagesIn(repository);
  return images === undefined || images.some(({ imageTags }) => imageTags.includes(tag));
}
