import { expect, it } from 'vitest';
import type { Check, Status } from '../../cli/doctor/finding.ts';
import type { anInstallation } from './an-installation.ts';
import type { State } from './installation-state.ts';

/** What is special about an installation, which check sees it, how it comes about, and what the check then says. */
export type Case = readonly [string, Check, (state: State) => unknown, Status, string];

/** Changes one thing at a time in an installation that is well. Whatever is not well comes with what to do about it. */
export function itFinds(cases: readonly Case[], { state, doctor }: ReturnType<typeof anInstallation>): void {
  it.each(cases)('%s', async (_, check, change, status, seen) => {
    change(state());
    const { findings, code } = await doctor();
    const fitting = findings.filter((finding) => finding['check'] === check && finding['status'] === status);
    expect(fitting.map((finding) => finding['seen']).join('\n')).toContain(seen);
    expect(code).toBe(findings.some((finding) => finding['status'] === 'fail') ? 1 : 0);
    const toMend = findings.filter((finding) => finding['status'] === 'fail' || finding['status'] === 'warn');
    expect(toMend.filter(({ todo }) => typeof todo !== 'string' || todo === '')).toEqual([]);
  });
}
