import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import { minutes } from '../../shared/domain/instant.ts';
import { aDeploymentIncident, aHook } from '../support/actions.ts';
import { anEndedRow, anEscalatedRow, aPlannedNotice, aRequest, aRow, aSummary } from '../support/plan-summaries.ts';
import { anIncident, SEEN_AT, someDetails } from '../support/records.ts';
import { CASES } from './cases.ts';
import { aDigest, anEntry } from './records.ts';

const toApprove = (name: string) => aRow(name, { status: 'ask', because: '0 of 2 approvals are given.' });
const inTrouble = { taskDefinition: 'checkout:43', servingTaskDefinition: 'checkout:42' };

const caseOf = (name: string): AnnouncedRecord => {
  const record = CASES[name];
  if (record === undefined) throw new Error(`there is no case ${name}`);
  return record;
};

/** What has buttons, each state of it once, by the name of its golden file. */
export const CHAT_CASES: Readonly<Record<string, AnnouncedRecord>> = {
  'incident-open': anIncident(),
  'incident-taken': anIncident({
    state: { status: 'open', acknowledged: { by: 'U0ADA', at: SEEN_AT + minutes(2) } },
  }),
  'standalone-task': caseOf('standalone-job-failed'),
  'deployment-in-trouble': aDeploymentIncident({ details: someDetails(inTrouble) }),
  'deployment-failed': aDeploymentIncident({ details: someDetails({ ...inTrouble, deploymentFailed: true }) }),
  'deployment-rolls-back': aDeploymentIncident({
    details: someDetails({ ...inTrouble, deploymentFailed: true, rollback: {} }),
  }),
  'hook-waits': aDeploymentIncident({ details: someDetails({ hook: aHook() }) }),
  'plan-to-approve': aPlannedNotice(
    aSummary([toApprove('checkout'), toApprove('ledger'), aRow('search', { status: 'blocked' })], { newImages: 1 }),
  ),
  'plan-for-one': aPlannedNotice(
    aSummary([toApprove('checkout')], { votes: { given: [], needed: 1, against: [], comeFirst: true } }),
  ),
  'plan-ready': aPlannedNotice(aSummary([aRow('checkout')], { votes: { given: [], needed: 0, against: [] } })),
  'plan-held': aPlannedNotice(
    aSummary([toApprove('checkout'), toApprove('ledger')], { votes: { given: [], needed: 2, against: ['U0BOB'] } }),
  ),
  'plan-to-decide': aPlannedNotice(aSummary(['checkout', 'ledger'].map(anEscalatedRow))),
  'plan-with-everything': aPlannedNotice(
    aSummary(
      [
        anEscalatedRow('assets'),
        aRow('basket', { status: 'failed', because: 'It failed.' }),
        toApprove('checkout'),
        toApprove('ledger'),
      ],
      { phase: 'under-way' },
    ),
  ),
  'plan-to-retry': aPlannedNotice(
    aSummary(
      [
        aRow('checkout', { status: 'rolled-back', because: 'ECS returned to the deployment before.' }),
        anEndedRow('ledger', 'failed'),
      ],
      { phase: 'under-way' },
    ),
  ),
  'plan-over': aPlannedNotice(
    aSummary([anEndedRow('checkout', 'done')], {
      phase: 'over',
      decided: ['U0ADA', 'U0BOB'].map((by) => ({ by, did: 'approved' })),
    }),
  ),
  'request-planned': aRequest({ plan: aSummary([anEscalatedRow('checkout')], { occasion: 'request' }) }),
  storm: aDigest({ entries: [anEntry(), anEntry({ name: 'ledger' }), anEntry({ name: 'search', isResolved: true })] }),
};
