/** As in docs/causes.md: `none` is expected, `high` needs somebody to change something. */
export type Severity = 'none' | 'low' | 'medium' | 'high';

const RANK: Readonly<Record<Severity, number>> = { none: 0, low: 1, medium: 2, high: 3 };

export const isAtLeast = (severity: Severity, floor: Severity): boolean => RANK[severity] >= RANK[floor];

export const worse = (a: Severity, b: Severity): Severity => (RANK[a] >= RANK[b] ? a : b);
