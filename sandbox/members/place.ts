import { COMPANY } from '../estate/company.ts';

/** An account and Region beside the one where the functions run. */
export interface MemberPlace {
  readonly account: string;
  readonly region: string;
}

/** The roles of infra/member.yaml; those of an account serve all its Regions. */
export const MEMBER_ROLES = ['read', 'redeploy'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** A place as an option describes it. */
export interface MemberSpec extends MemberPlace {
  /** That are deployed there; both unless given. */
  readonly roles?: readonly MemberRole[];
}

/**
 * Every place has the same company in it, under its own account and Region: what is said of home is so of a place too, once
 * the two are renamed in it.
 */
export interface Renaming {
  readonly toMember: <Value>(value: Value) => Value;
  readonly toHome: <Value>(value: Value) => Value;
}

export const renaming = ({ account, region }: MemberPlace): Renaming => ({
  toMember: (value) => renamed(value, [COMPANY.account, account], [COMPANY.region, region]),
  toHome: (value) => renamed(value, [account, COMPANY.account], [region, COMPANY.region]),
});

function renamed<Value>(value: Value, ...pairs: readonly (readonly [from: string, to: string])[]): Value {
  const text = pairs.reduce((all, [from, to]) => all.replaceAll(from, to), JSON.stringify(value));
  // True because names alone were changed.
  return JSON.parse(text) as Value;
}

export const isAt = (event: unknown, { account, region }: MemberPlace): boolean => {
  // True of everything: what is no event has neither.
  const { account: from, region: at } = (event ?? {}) as Partial<MemberPlace>;
  return from === account && at === region;
};
