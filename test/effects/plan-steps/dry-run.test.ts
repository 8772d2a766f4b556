import { expect, it } from 'vitest';
import { createDryRun } from '../../../shared/effects/plan-steps/dry-run.ts';
import { aService } from '../../support/plans.ts';
import { aLaunch, FENCE, PLAN, STEPS } from './steps.ts';

it('a dry run says what would be asked of AWS, and that it is done', async () => {
  const heard: (readonly [string, string])[] = [];
  const take = createDryRun((plan, text) => heard.push([plan, text]));
  for (const step of Object.values(STEPS)) expect(await take(PLAN, step)).toEqual({ status: 'done' });
  expect(heard).toHaveLength(Object.keys(STEPS).length);
  expect(heard[0]).toEqual([PLAN.id, 'harbor-prod/checkout: UpdateService, forceNewDeployment']);
});

it('a dry run is silent about locks, and about what overrides may hold', async () => {
  const heard: string[] = [];
  const take = createDryRun((_plan, text) => heard.push(text));
  await take(PLAN, { kind: 'unlock', at: aService(), fence: FENCE });
  expect(heard).toEqual([]);
  const overrides = { containerOverrides: [{ name: 'app', environment: [{ name: 'TOKEN', value: 'hunter2' }] }] };
  await take(PLAN, { ...STEPS.runTask, launch: aLaunch({ overrides }) });
  expect(heard).toHaveLength(1);
  expect(heard.join()).not.toContain('hunter2');
});
