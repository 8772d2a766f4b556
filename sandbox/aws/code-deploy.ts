import { createHash } from 'node:crypto';
import { type Deployment, isUnderWay, type Status } from '../ecs/deployment.ts';
import type { Harbour } from '../ecs/harbour.ts';
import { codeDeployNames, ecsArn, inSeconds } from '../ecs/names.ts';
import { currentOf, revisionAt, type ServiceState } from '../ecs/service-state.ts';
import { abandoned, deployed, rolledBack } from '../ecs/service-writes.ts';
import { type Fields, isObject, wordOf } from '../json-object.ts';
import type { AwsError } from './faults.ts';
import { type Operations, refuse, textsOf } from './operation.ts';
import { recorded } from './recorded.ts';

/** CodeDeploy of the harbour's services with that controller. https://docs.aws.amazon.com/codedeploy/latest/APIReference/ */
export const codeDeployOperations = (harbour: Harbour): Operations => ({
  'codedeploy:GetDeployment': ({ deploymentId }) => {
    const found = deploymentCalled(harbour, wordOf(deploymentId));
    return found === undefined ? noDeployment() : { deploymentInfo: infoOf(found) };
  },

  'codedeploy:BatchGetDeployments': ({ deploymentIds }) => ({
    deploymentsInfo: textsOf(deploymentIds).flatMap((id) => {
      const found = deploymentCalled(harbour, id);
      return found === undefined ? [] : [infoOf(found)];
    }),
  }),

  'codedeploy:ListDeployments': ({ applicationName, deploymentGroupName, includeOnlyStatuses }) => {
    const statuses = textsOf(includeOnlyStatuses);
    const found = all(harbour)
      .filter(({ state }) => isOf(state, { applicationName, deploymentGroupName }))
      .map(infoOf)
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status));
    return { deployments: found.map((info) => info.deploymentId) };
  },

  ...recorded(writesOf(harbour), harbour),
});

const writesOf = (harbour: Harbour): Operations => ({
  'codedeploy:CreateDeployment': ({ applicationName, deploymentGroupName, revision }) => {
    const state = servicesOf(harbour).find((it) => isOf(it, { applicationName, deploymentGroupName }));
    if (state === undefined)
      return refuse('ApplicationDoesNotExistException', `No application found for name: ${wordOf(applicationName)}`);
    const problem = appSpecProblem(state, revision);
    if (problem !== undefined) return refuse('InvalidRevisionException', problem);
    const current = currentOf(harbour.serviceNow(state.cluster, state.service) ?? state);
    if (current !== undefined)
      return refuse(
        'DeploymentLimitExceededException',
        `The Deployment Group '${wordOf(deploymentGroupName)}' already has an active Deployment '${current.name}'`,
      );
    const [created] = harbour.change(state.cluster, state.service, deployed).deployments;
    return { deploymentId: created?.name };
  },

  'codedeploy:StopDeployment': ({ deploymentId, autoRollbackEnabled }) => {
    const found = deploymentCalled(harbour, wordOf(deploymentId));
    if (found === undefined) return noDeployment();
    const { state, deployment } = found;
    if (!isUnderWay(deployment))
      return refuse('DeploymentAlreadyCompletedException', 'The deployment is already completed.');
    const change = autoRollbackEnabled === true ? rolledBack : abandoned;
    harbour.change(state.cluster, state.service, (before, context) => change(before, deployment.name, context));
    return { status: 'Pending', statusMessage: 'The deployment is being stopped.' };
  },
});

const servicesOf = (harbour: Harbour): readonly ServiceState[] =>
  harbour.services().filter(({ settings }) => settings.controller === 'CODE_DEPLOY');

function isOf({ cluster, service }: ServiceState, asked: Fields): boolean {
  const { application, group } = codeDeployNames(cluster, service);
  return asked['applicationName'] === application && asked['deploymentGroupName'] === group;
}

/** A deployment, or the one that CodeDeploy made to take it back. */
interface Found {
  readonly state: ServiceState;
  readonly deployment: Deployment;
  readonly isRollback: boolean;
}

/** The newest first. */
const all = (harbour: Harbour): readonly Found[] =>
  servicesOf(harbour).flatMap((state) =>
    state.deployments.flatMap((deployment) => [
      ...(deployment.rollback === undefined ? [] : [{ state, deployment, isRollback: true }]),
      { state, deployment, isRollback: false },
    ]),
  );

const rollbackId = ({ name }: Deployment): string => `${name.slice(0, -1)}R`;

const deploymentCalled = (harbour: Harbour, id: string): Found | undefined =>
  all(harbour).find(({ deployment, isRollback }) => (isRollback ? rollbackId(deployment) : deployment.name) === id);

const noDeployment = (): AwsError => refuse('DeploymentDoesNotExistException', 'The deployment does not exist.');

const STATUSES: Readonly<Record<Status, string>> = {
  PENDING: 'Created',
  IN_PROGRESS: 'InProgress',
  STOP_REQUESTED: 'InProgress',
  SUCCESSFUL: 'Succeeded',
  STOPPED: 'Stopped',
  ROLLBACK_REQUESTED: 'Stopped',
  ROLLBACK_IN_PROGRESS: 'Stopped',
  ROLLBACK_SUCCESSFUL: 'Stopped',
};

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
function infoOf({ state, deployment, isRollback }: Found) {
  const { application, group } = codeDeployNames(state.cluster, state.service);
  const { finishedAt, rollback } = deployment;
  const createTime = isRollback ? (rollback?.at ?? deployment.createdAt) : deployment.createdAt;
  const content = appSpecOf(state, isRollback ? deployment.source.revision : deployment.revision);
  const ownStatus = STATUSES[deployment.status];
  return {
    deploymentId: isRollback ? rollbackId(deployment) : deployment.name,
    applicationName: application,
    deploymentGroupName: group,
    deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
    computePlatform: 'ECS',
    status: isRollback ? (isUnderWay(deployment) ? 'InProgress' : 'Succeeded') : ownStatus,
    creator: isRollback ? 'codeDeployRollback' : 'user',
    createTime: inSeconds(createTime),
    ...(deployment.startedAt !== undefined && { startTime: inSeconds(Math.max(deployment.startedAt, createTime)) }),
    ...(finishedAt !== undefined && { completeTime: inSeconds(finishedAt) }),
    revision: {
      revisionType: 'AppSpecContent',
      appSpecContent: { content, sha256: createHash('sha256').update(content).digest('hex') },
    },
    ...(rollback !== undefined && {
      rollbackInfo: isRollback
        ? { rollbackTriggeringDeploymentId: deployment.name }
        : { rollbackDeploymentId: rollbackId(deployment), rollbackMessage: rollback.reason },
    }),
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html */
const appSpecOf = (state: ServiceState, revision: string): string =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: ecsArn(`task-definition/${revisionAt(state, revision)?.taskDefinition}`),
            LoadBalancerInfo: { ContainerName: state.service, ContainerPort: 8080 },
          },
        },
      },
    ],
  });

/** The AppSpec has to name the definition that the service runs: the sandbox does not release. */
function appSpecProblem(state: ServiceState, revision: unknown): string | undefined {
  const appSpec = isObject(revision) && isObject(revision['appSpecContent']) ? revision['appSpecContent'] : {};
  const content = wordOf(appSpec['content']);
  if (content === '') return 'The AppSpec has no content.';
  const running = revisionAt(state, state.serving.revision)?.taskDefinition ?? '';
  return content.includes(`task-definition/${running}"`)
    ? undefined
    : `the sandbox deploys ${running} again, and nothing else`;
}
