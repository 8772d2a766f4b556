import { present } from '../domain/present.ts';
import {
  type Budget,
  DEFAULT_BUDGET,
  DEFAULT_MODE,
  type Freeze,
  type FreezePeriod,
  type Maintenance,
  type MaintenanceWindow,
  type Timetable,
} from '../domain/windows/maintenance.ts';
import type { ConfigurationDocument } from './configuration-document.ts';
import type { BudgetTerms } from './configuration-windows-terms.ts';

type WindowTerms = NonNullable<ConfigurationDocument['windows']>[number];
type FreezeTerms = NonNullable<ConfigurationDocument['freezes']>[number];

/** What a valid document says about maintenance; what it does not say is as `standard` says. */
export function maintenanceOf(document: ConfigurationDocument, standard: Maintenance): Maintenance {
  return {
    windows: document.windows?.map((window) => windowOf(window, document.maintenance)) ?? standard.windows,
    freezes: document.freezes?.map(freezeOf) ?? standard.freezes,
  };
}

function windowOf(window: WindowTerms, standard: ConfigurationDocument['maintenance']): MaintenanceWindow {
  const { name, zone, overrun = 'finish', select = {}, blockers = [], cutoff } = window;
  const mode = window.mode ?? standard?.mode ?? DEFAULT_MODE;
  const budget = budgetOf(window.budget, standard?.budget);
  return { name, zone, ...timetableOf(window), overrun, select, mode, budget, blockers, ...present({ cutoff }) };
}

function timetableOf({ opens, end, duration }: WindowTerms): Timetable {
  if (opens.kind === 'ssm') return { opens, closes: { kind: 'ssm' } };
  // The check of the document has seen that one of the two is there.
  return { opens, closes: end === undefined ? { kind: 'duration', length: duration ?? 0 } : { kind: 'end', at: end } };
}

const budgetOf = (own: BudgetTerms | undefined, standard: BudgetTerms | undefined): Budget => ({
  ...DEFAULT_BUDGET,
  ...standard,
  ...own,
});

function freezeOf({ name, zone, select = {}, reason, owner, override, ...when }: FreezeTerms): Freeze {
  return {
    name,
    zone,
    period: periodOf(when),
    select,
    reason,
    ...present({ owner, override: override && { by: override.by, votes: override.votes ?? 1 } }),
  };
}

function periodOf({ from, to, yearly }: Pick<FreezeTerms, 'from' | 'to' | 'yearly'>): FreezePeriod {
  if (yearly !== undefined) return { kind: 'yearly', ...yearly };
  // The check of the document has seen that both are there.
  return { kind: 'once', from: from ?? 0, to: to ?? 0 };
}
