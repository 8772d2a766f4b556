/** Checks of permissions that no validator has: a misspelt action deploys, and fails at night. */
import type { ResolvedTemplate } from '../sandbox/eventbridge/template.ts';
import { type Statement, statementsByResource } from './policy-statements.ts';
import { isAction } from './sdk-commands.ts';
import { SENTENCES } from './security-sentences.ts';

/** Every action of an Allow is named in full, and exists. A Deny may be wide. */
export function checkActions(template: ResolvedTemplate): readonly string[] {
  return statementsByResource(template).flatMap(([logicalId, { sid, effect, actions }]) =>
    actions
      .filter((action) => effect === 'Allow' || !action.endsWith(':*'))
      .filter((action) => !isAction(action))
      .map((action) => `${logicalId} ${sid}: there is no action ${action}`),
  );
}

/** What is allowed on more than one resource says why, and what says why is so. */
export function checkWildcards(template: ResolvedTemplate): readonly string[] {
  return statementsByResource(template).flatMap(([logicalId, statement]) => {
    const isExplained = SENTENCES[statement.sid]?.wide !== undefined;
    if (isWide(statement) === isExplained) return [];
    const problem = isExplained ? 'explains a wildcard that it does not have' : 'has a wildcard and no sentence for it';
    return [`${logicalId} ${statement.sid}: ${problem} (scripts/security-sentences.ts)`];
  });
}

const isWide = ({ effect, resources }: Statement): boolean =>
  effect === 'Allow' && resources.some((resource) => resource.includes('*'));
