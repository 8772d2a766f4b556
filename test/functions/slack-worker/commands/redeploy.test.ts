import { describe, expect, it } from 'vitest';
import { days } from '../../../../shared/domain/instant.ts';
import { anIncident } from '../../../support/records.ts';
import { aDesk, NOW, wordsIn } from './desk.ts';

const records = [anIncident({ wakeAt: NOW + days(1) })];

describe('redeploy', () => {
  it.each([
    ['CLUSTER/SERVICE', 'harbor-prod/checkout'],
    ['the name of one that is open', 'checkout'],
    ['an ARN', 'arn:aws:ecs:eu-west-1:111122223333:service/harbor-prod/checkout'],
  ])('of %s asks for the right, which nobody has until the configuration says who', async (_, name) => {
    const { ask, deps } = await aDesk({ records });
    const answer = await ask(`redeploy ${name}`);
    expect(answer.decision).toBe('refused');
    expect(wordsIn(answer)).toContain('Nobody has the right redeploy');
    expect(await deps.audit.listAbout('harbor-prod/checkout')).toMatchObject([
      { action: 'redeploy', verdict: 'refused' },
    ]);
  });

  it('says that this installation may not change ECS', async () => {
    const { ask } = await aDesk({ records, deps: { mayRedeploy: false } });
    expect(wordsIn(await ask('redeploy checkout'))).toContain('may not change ECS');
  });

  it('of a name that says too little asks for the cluster', async () => {
    const { ask } = await aDesk({ records });
    expect(wordsIn(await ask('redeploy ledger'))).toContain('as CLUSTER/ledger');
  });
});
