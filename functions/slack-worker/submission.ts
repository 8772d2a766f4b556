import type { Turn } from '../../shared/domain/chat/turn.ts';
import { hours } from '../../shared/domain/instant.ts';
import type { ModalState } from './modal-state.ts';
import type { Visit } from './visit.ts';

/** A modal that was submitted: what it was opened for, and what was entered or chosen, by the names of its fields. */
export interface Submission {
  readonly state: ModalState;
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly viewId: string;
}

export const valueOf = ({ values }: Submission, field: string): string | undefined =>
  Object.hasOwn(values, field) ? values[field]?.[0] : undefined;

export const valuesOf = ({ values }: Submission, field: string): readonly string[] =>
  Object.hasOwn(values, field) ? (values[field] ?? []) : [];

/** A modal is submitted once, however often its button was pressed before it went away. */
export const onceFor = ({ viewId }: Submission, { now }: Visit): readonly Pick<Turn, 'name' | 'until'>[] => [
  { name: `view#${viewId}`, until: now + hours(24) },
];
