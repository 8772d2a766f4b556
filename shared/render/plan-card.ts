import type { Notice } from '../domain/incident.ts';
import type { PlanSummary } from '../domain/plan/telling/summary.ts';
import type { Card } from './card.ts';
import { planFacts } from './plan-facts.ts';
import { planGroups } from './plan-groups.ts';
import { planHeading } from './plan-heading.ts';
import { planLead } from './plan-lead.ts';
import { planSteps } from './plan-steps.ts';

/** A notice whose plan is known: the plan is what there is to say of it. `own` is what the notice has beside it. */
export function planCard(
  notice: Notice,
  plan: PlanSummary,
  own: Pick<Card, 'facts' | 'missing' | 'links' | 'footer'>,
): Card {
  const { given, needed } = plan.votes;
  return {
    ...planHeading(notice, plan),
    lead: planLead(notice, plan),
    facts: [...planFacts(notice, plan), ...own.facts],
    groups: planGroups(plan),
    steps: planSteps(plan),
    quotes: [],
    missing: own.missing,
    links: own.links,
    footer: [
      plan.id,
      `hash ${plan.hash}`,
      needed === 0 || plan.phase === 'over' ? [] : `votes ${given.length}/${needed}`,
      plan.account ?? [],
      ...own.footer,
    ].flat(),
  };
}
