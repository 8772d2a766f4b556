import type { Instant } from '../domain/instant.ts';

/**
 * What a message says, before it is known where: Slack, SNS and a terminal lay out the same card. Texts may come from
 * anybody; the layouts clean, escape and cut them.
 */
export interface Card {
  /** Repeats what the headline's words say; never the only sign. */
  readonly icon: string;
  /** Where the record stands, unless that is plainly open: `Resolved`. Stands before the headline. */
  readonly state?: string;
  /** What happened, to whom, where. Never empty; empty parts are left out. */
  readonly headline: readonly string[];
  readonly lead: Phrase;
  /** At most ten, the most telling first. */
  readonly facts: readonly Fact[];
  readonly groups: readonly Group[];
  /** What to do, in order. */
  readonly steps: readonly string[];
  readonly quotes: readonly Quote[];
  /** What could not be read, in sentences. */
  readonly missing: readonly string[];
  readonly links: readonly Link[];
  /** What one needs to find the record again. */
  readonly footer: readonly string[];
}

/**
 * Our own words, names of others, instants that each reader sees in their own zone, and people by the id of their user in
 * Slack or by another name. Slack notifies of mentions in new messages and not in edits, so a new message names nobody but who
 * asked for what it is about.
 */
export type Phrase = readonly (
  | string
  | { readonly name: string }
  | { readonly instant: Instant }
  | { readonly person: string }
)[];

/** One phrase after the other, with commas. */
export const joined = (phrases: readonly Phrase[]): Phrase =>
  phrases.flatMap((phrase, index) => (index === 0 ? phrase : [', ', ...phrase]));

/** People by the names under which their decisions are kept: ids of Slack users, or what was given on the command line. */
export const people = (names: readonly string[]): Phrase => joined(names.map((person): Phrase => [{ person }]));

export interface Fact {
  readonly label: string;
  readonly value: Phrase;
}

/** A list of what is affected, one entry a cluster, or of what changed. */
export interface Group {
  readonly title: string;
  readonly entries: readonly { readonly term?: string; readonly text: string }[];
}

/** Words of others, shown as they are. When they are too long, `keeps` tells which end matters. */
export interface Quote {
  readonly title: string;
  readonly lines: readonly string[];
  readonly keeps: 'beginning' | 'end';
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** One after the other with a space between; empty ones are left out. */
export const sentences = (...phrases: readonly Phrase[]): Phrase =>
  phrases
    .filter((phrase) => phrase.length > 0)
    .flatMap(([first = '', ...rest], index) => {
      if (index === 0) return [first, ...rest];
      return typeof first === 'string' ? [` ${first}`, ...rest] : [' ', first, ...rest];
    });

/** The links that lead somewhere. */
export const links = (urls: Readonly<Record<string, string | undefined>>): readonly Link[] =>
  Object.entries(urls).flatMap(([label, url]) => (url === undefined ? [] : { label, url }));

/** The facts that are known. */
export const facts = (values: Readonly<Record<string, Phrase | undefined>>): readonly Fact[] =>
  Object.entries(values).flatMap(([label, value]) => (value === undefined ? [] : { label, value }));
