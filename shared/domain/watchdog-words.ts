import type { CauseId } from './diagnosis/causes.ts';
import type { Diagnosis, Evidence } from './diagnosis/diagnosis.ts';
import { headingOf } from './diagnosis/heading.ts';
import type { DeploymentFacts } from './facts.ts';
import { minutes } from './instant.ts';
import { utcMinute } from './utc.ts';
import type { Finding } from './watchdog.ts';
import { isUnfinished, primaryOf } from './watchdog-service.ts';

interface Words extends Pick<Diagnosis, 'confidence' | 'title' | 'summary' | 'fix'> {
  readonly cause: CauseId;
}

/** What the numbers of DescribeServices say alone. Times are absolute, so that the message stays true as time passes. */
export function diagnoseFinding(finding: Finding): Diagnosis {
  const { facts } = finding.service;
  const words = wordsOf(finding);
  const evidence = [
    { field: 'desiredCount', text: String(facts.desired) },
    { field: 'runningCount', text: String(facts.running) },
    { field: 'pendingCount', text: String(facts.pending) },
    ...rolloutEvidence(primaryOf(facts)),
  ];
  return { ...headingOf(words.cause), benign: false, ...words, evidence };
}

function wordsOf(finding: Finding): Words {
  switch (finding.trouble.kind) {
    case 'nothing-runs':
      return nothingRuns(finding);
    case 'rollout-stalled':
      return rolloutStalled(finding);
    case 'rollout-slow':
      return rolloutSlow(finding, finding.trouble.usual);
  }
}

function nothingRuns({ service: { at, facts }, trouble }: Finding): Words {
  const primary = primaryOf(facts);
  const isStarting = primary?.createdAt !== undefined && isUnfinished(primary);
  const rollout = isStarting ? ` Its deployment of ${utcMinute(primary.createdAt)} has not brought one up.` : '';
  return {
    cause: 'deployment/tasks-failed-to-start',
    confidence: 'unclear',
    title: 'Nothing is running',
    summary: `Service ${at.service} wants ${tasks(facts.desired)} and none was running at ${utcMinute(trouble.since)}, nor since.${rollout}`,
    fix: [
      `Look at the stopped tasks and the last events of service ${at.service}: they name what keeps tasks from running.`,
      'If the service is not needed, set its desired count to 0.',
    ],
  };
}

function rolloutStalled({ service: { at, facts }, trouble }: Finding): Words {
  const { desired, running, failedTasks } = primaryOf(facts) ?? { ...facts, failedTasks: 0 };
  const failed = failedTasks > 0 ? `, ${failedTasks} failed` : '';
  return {
    cause: failedTasks > 0 ? 'deployment/tasks-failed-to-start' : 'deployment/blocked',
    confidence: failedTasks > 0 ? 'likely' : 'unclear',
    title: 'Deployment gets nowhere',
    summary: `The deployment of ${at.service} is in progress since ${utcMinute(trouble.since)}: ${running} of ${tasks(desired)} run${failed}. Nothing will give it up: the service has neither a circuit breaker nor deployment alarms.`,
    fix: [
      `Look at the stopped tasks and the last events of service ${at.service}, and deploy a corrected revision or the one before.`,
      'Enable the deployment circuit breaker with rollback, so that ECS gives up by itself and says so.',
    ],
  };
}

function rolloutSlow({ service: { at, facts }, trouble }: Finding, usual: number | undefined): Words {
  const primary = primaryOf(facts);
  const failedTasks = primary?.failedTasks ?? 0;
  const history =
    usual === undefined
      ? 'How long its deployments usually take is not known'
      : `Of its deployments 95 in 100 take no more than ${Math.max(1, Math.round(usual / minutes(1)))} min`;
  return {
    cause: failedTasks > 0 ? 'deployment/tasks-failed-to-start' : 'deployment/blocked',
    confidence: 'unclear',
    title: 'Deployment takes too long',
    summary: `The deployment of ${at.service} is in progress since ${utcMinute(trouble.since)}. ${history}.`,
    fix: [
      `Look at the last events of service ${at.service}: do tasks fail, wait for capacity, or fail health checks?`,
      'Check minimum and maximum healthy percent and task protection: one of them may leave no room to replace a task.',
      'Check the deregistration delay and the stop timeout: old tasks may take long to go.',
    ],
  };
}

function rolloutEvidence(primary: DeploymentFacts | undefined): readonly Evidence[] {
  if (primary?.rolloutState === undefined) return [];
  const since = primary.createdAt === undefined ? '' : `, created ${utcMinute(primary.createdAt)}`;
  return [
    { field: 'deployments[PRIMARY].rolloutState', text: `${primary.rolloutState}${since}` },
    { field: 'deployments[PRIMARY].failedTasks', text: String(primary.failedTasks) },
  ];
}

const tasks = (count: number): string => (count === 1 ? '1 task' : `${count} tasks`);
