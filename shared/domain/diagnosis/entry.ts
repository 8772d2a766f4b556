import type { Values } from './values.ts';

/** What to say about a cause and what to do about it. */
export interface Entry {
  /** Two to four words for a headline. */
  readonly title: string;
  /** One plain sentence. */
  readonly summary: (values: Values) => string;
  /** Steps in the order in which they are worth trying. */
  readonly fix: (values: Values) => readonly string[];
  /** A page of the Amazon ECS developer guide. */
  readonly page: string;
}

/** `image api:1` when the name is known, `the image` when it is not. */
export const the = (noun: string, name: string | undefined): string =>
  name === undefined ? `the ${noun}` : `${noun} ${name}`;

/** A clause that only makes sense with its value: `when(values.port, (port) => ` on port ${port}`)`. */
export const when = (value: string | undefined, say: (value: string) => string): string =>
  value === undefined ? '' : say(value);
