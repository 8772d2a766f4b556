import type { Diagnosis } from './diagnosis.ts';

/** The diagnosis with what a read showed as evidence. `action` is the read as in IAM: `ecr:DescribeImages`. */
export const confirm = (diagnosis: Diagnosis, action: string, showed: string): Diagnosis => ({
  ...diagnosis,
  evidence: [...diagnosis.evidence, { field: action, text: showed }],
  confirmedBy: [...(diagnosis.confirmedBy ?? []), action],
});
