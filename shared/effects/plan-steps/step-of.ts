import type { PlanStep } from '../../domain/plan/step.ts';

export type StepOf<Kind extends PlanStep['kind']> = Extract<PlanStep, { readonly kind: Kind }>;
