import { describe } from 'vitest';
import { NOON } from '../functions/slack-endpoint/from-slack.ts';
import { anInstallation } from './an-installation.ts';
import { type Case, itFinds } from './doctor-findings.ts';
import { A_DOCUMENT, type State } from './installation-state.ts';

const installation = anInstallation();

const ACCOUNTS = [{ id: '222233334444', name: 'payments-prod', regions: ['eu-west-1', 'us-east-1'] }];

/** A hub with two places beside its own. */
function withMembers(state: State, organisation = 'o-a1b2c3d4e5'): void {
  state.document = { ...A_DOCUMENT, accounts: ACCOUNTS };
  state.parameters['OrganizationId'] = organisation;
}

const CASES: readonly Case[] = [
  ['an installation for itself', 'members', () => undefined, 'ok', 'its own account and Region'],
  [
    'places that all let the watchdogs in',
    'members',
    (state) => withMembers(state),
    'ok',
    '2 places named, and none refused the last sweep',
  ],
  [
    'a place that lets nobody in',
    'members',
    (state) => {
      withMembers(state);
      state.sweep = { startedAt: NOON, services: 2, memory: {}, shut: { 'aws/222233334444/us-east-1': NOON } };
    },
    'warn',
    'account 222233334444 (payments-prod) in us-east-1 has told the watchdogs nothing since',
  ],
  [
    'accounts that no stack is told of',
    'members',
    (state) => withMembers(state, ''),
    'fail',
    'the configuration names 1 account, and the stack has no OrganizationId',
  ],
  [
    'an organisation without a named account',
    'members',
    (state) => (state.parameters['OrganizationId'] = 'o-a1b2c3d4e5'),
    'ok',
    'events of o-a1b2c3d4e5 are taken',
  ],
  [
    'watchdogs that have not run yet',
    'members',
    (state) => {
      withMembers(state);
      state.sweep = undefined;
    },
    'not-checked',
    'the watchdogs have not looked at any service yet',
  ],
  [
    'a sweep that may not be read',
    'members',
    (state) => {
      withMembers(state);
      state.refusals = { 'dynamodb:GetItem': 'AccessDeniedException' };
    },
    'not-checked',
    'dynamodb:GetItem failed (AccessDeniedException)',
  ],
];

describe('the doctor finds', () => {
  itFinds(CASES, installation);
});
