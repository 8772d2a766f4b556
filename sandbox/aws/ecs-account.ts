import type { Harbour } from '../ecs/harbour.ts';
import { inSeconds } from '../ecs/names.ts';
import { isProtected } from '../ecs/task.ts';
import { taskArn } from '../ecs/task-fields.ts';
import { tasksOf } from '../ecs/with-harbour.ts';
import { COMPANY } from '../estate/company.ts';
import { nameOf, type Operations, textsOf } from './operation.ts';

/** Settings of the account and protection of tasks. */
export const ecsAccount = (harbour: Harbour): Operations => ({
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAccountSettings.html
  'ecs:ListAccountSettings': ({ name }) => {
    const { waitPeriod, usesEventWindows } = harbour.account();
    const values: Readonly<Record<string, string>> = {
      fargateTaskRetirementWaitPeriod: String(waitPeriod),
      fargateEventWindows: usesEventWindows ? 'enabled' : 'disabled',
    };
    const principalArn = `arn:${COMPANY.partition}:iam::${COMPANY.account}:root`;
    return {
      settings: Object.entries(values)
        .filter(([setting]) => name === undefined || name === setting)
        .map(([setting, value]) => ({ name: setting, value, principalArn, type: 'user' })),
    };
  },

  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_GetTaskProtection.html
  'ecs:GetTaskProtection': ({ cluster, tasks }) => {
    const t = harbour.seenAt();
    const known = tasksOf(harbour).filter((it) => it.cluster === nameOf(cluster) && it.group.startsWith('service:'));
    const asked = tasks === undefined ? known : known.filter(({ id }) => textsOf(tasks).map(nameOf).includes(id));
    return {
      protectedTasks: asked.map((task) => ({
        taskArn: taskArn(task),
        protectionEnabled: isProtected(task, t),
        ...(isProtected(task, t) && { expirationDate: inSeconds(task.protectedUntil ?? t) }),
      })),
      failures: textsOf(tasks)
        .filter((arn) => !asked.some(({ id }) => id === nameOf(arn)))
        .map((arn) => ({ arn, reason: 'MISSING' })),
    };
  },
});
