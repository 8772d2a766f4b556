import { type Entry, when } from '../entry.ts';
import type { Values } from '../values.ts';

const logs = (v: Values): string =>
  `Read the last log lines${when(v.container, (name) => ` of ${name}`)}${when(v.logGroup, (group) => ` in ${group}`)}.`;
const container = (v: Values): string => (v.container === undefined ? 'A container' : `Container ${v.container}`);

export const app = {
  'memory/container-oom': {
    title: 'Out of memory',
    summary: (v) =>
      `${container(v)} was killed because it ran out of memory${when(v.memoryLimit, (limit) => ` (limit ${limit})`)}.`,
    fix: (v) => [
      `Raise the memory${when(v.memoryLimit, (limit) => `, now ${limit},`)} of the container and, on Fargate, of the task.`,
      'Make the runtime respect the limit: `-XX:MaxRAMPercentage` for the JVM, `--max-old-space-size` for Node.js.',
      'Look for a leak: compare MemoryUtilization before this stop with that of earlier tasks.',
    ],
    page: 'out-of-memory.html',
  },
  'memory/sigkill-unexplained': {
    title: 'Killed, reason unknown',
    summary: (v) =>
      `${container(v)} was killed (exit code 137) and ECS does not say why: memory is likely, a stop that overran its timeout is possible.`,
    fix: (v) => [
      `Compare memory use before the stop with the limit${when(v.memoryLimit, (limit) => ` of ${limit}`)}.`,
      `If a stop was under way, handle SIGTERM, or raise \`stopTimeout\`${when(v.stopTimeout, (timeout) => `, now ${timeout}`)} (120 s at most on Fargate).`,
      logs(v),
    ],
    page: 'stopped-task-error-codes.html',
  },
  'app/exited-nonzero': {
    title: 'Application exited',
    summary: (v) => `${container(v)} ended with exit code ${v.exitCode ?? 'other than 0'}.`,
    fix: (v) => [
      logs(v),
      'Compare with the last revision that ran: image, environment, secrets, network.',
      'If it fails only now and then, look for a dependency that was not ready.',
    ],
    page: 'stopped-task-error-codes.html',
  },
  'app/exited-zero': {
    title: 'Application finished',
    summary: (v) => `${container(v)} ended by itself and reported success.`,
    fix: (v) => [
      'For a job this is right. A service needs a command that stays in the foreground.',
      'Run work that ends as a standalone or scheduled task instead of a service.',
      logs(v),
    ],
    page: 'stopped-task-error-codes.html',
  },
  'app/crashed-by-signal': {
    title: 'Application crashed',
    summary: (v) =>
      `${container(v)} was ended by ${v.signal ?? 'a signal'}${when(v.exitCode, (code) => ` (exit code ${code})`)}.`,
    fix: (v) => [
      logs(v),
      v.signal === 'SIGTERM'
        ? 'Nobody asked ECS to stop the task: look for what sent SIGTERM inside it, such as a supervisor.'
        : 'Look for native code, a library of another architecture, or a failed assertion.',
      'Reproduce with the same image and keep the core dump.',
    ],
    page: 'stopped-task-error-codes.html',
  },
  'app/dependency-failed': {
    title: 'Dependency failed',
    summary: (v) =>
      `A container waits for ${v.dependency ?? 'another one'}, whose \`dependsOn\` condition can no longer be met.`,
    fix: (v) => [
      `Find out why ${v.dependency ?? 'the other container'} failed: its exit code, its reason and its log.`,
      'Check that the condition fits: SUCCESS needs exit code 0, HEALTHY a health check.',
      'Raise its `startTimeout` if it is only slow.',
    ],
    page: 'task_definition_parameters.html',
  },
  'app/exit-unknown': {
    title: 'Container ended',
    summary: (v) =>
      `${v.container === undefined ? 'An essential container' : `Container ${v.container}`} ended, and ECS gives neither an exit code nor a reason.`,
    fix: (v) => [logs(v), 'Look at every container in `aws ecs describe-tasks` within an hour of the stop.'],
    page: 'stopped-task-error-codes.html',
  },
} satisfies Readonly<Record<string, Entry>>;
