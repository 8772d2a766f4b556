import type { PlannedService } from '../../shared/domain/plan/plan.ts';
import type { LogEntry, PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { oneLine } from '../../shared/render/escape.ts';
import { paragraph, termRows, verdictTitle } from './service-text.ts';

/** What somebody would agree to, service by service: openings, questions, and the images that run and that would. */
export const termsText = (services: readonly PlannedService[]): string =>
  services.map((service) => paragraph(verdictTitle(service), termRows(service))).join('\n\n');

/** So far back looks whoever wonders why a plan has changed. */
const RECENT = 5;

/** The terms as they are now, and what the log says last, for those whose hash is not the plan's any more. */
export function changedText(services: readonly PlannedService[], { log }: PlanRecord): string {
  const recent = log.slice(-RECENT).map((entry) => `    ${logText(entry)}`);
  return [termsText(services), ...(recent.length > 0 ? [['Its log says last:', ...recent].join('\n')] : [])].join(
    '\n\n',
  );
}

/** `2026-11-17 09:00 UTC  ada: approved everything`. */
export const logText = ({ at, by, text }: LogEntry): string => `${utcMinute(at)}  ${oneLine(by)}: ${oneLine(text)}`;
