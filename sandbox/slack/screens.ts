import type { KnownBlock } from '@slack/types';
import type { Revision } from './workspace.ts';

/** A message in a channel that one person sees, until they reload. */
export interface Ephemeral extends Revision {
  readonly channel: string;
}

/** A modal or a home tab, by the words of Slack's views. */
export interface ViewContent {
  readonly type: 'modal' | 'home';
  readonly blocks: readonly KnownBlock[];
  readonly callbackId: string;
  readonly metadata: string;
  readonly title: string;
  /** Absent: there is nothing to submit. */
  readonly submit?: string;
  readonly close: string;
}

export interface OpenView extends ViewContent {
  readonly id: string;
}

/** What one person sees beside the channels. */
export interface Screen {
  /** The oldest first. */
  readonly ephemerals: readonly Ephemeral[];
  /** The last one is on top. */
  readonly modals: readonly OpenView[];
  readonly home?: OpenView;
}

export interface Screens {
  readonly of: (person: string) => Screen;
  readonly whisper: (person: string, message: Ephemeral) => void;
  /** On top of what is open; `undefined` when Slack's limit is reached. */
  readonly open: (person: string, view: ViewContent) => OpenView | undefined;
  /** `undefined` when no such view is open. */
  readonly replace: (
    viewId: string,
    view: ViewContent,
  ) => { readonly person: string; readonly view: OpenView } | undefined;
  readonly publish: (person: string, view: ViewContent) => OpenView;
  /** With all that is above it. */
  readonly close: (viewId: string) => void;
}

/** https://docs.slack.dev/surfaces/modals */
const MOST_MODALS = 3;
const NOTHING: Screen = { ephemerals: [], modals: [] };

export function createScreens(): Screens {
  const screens = new Map<string, Screen>();
  let count = 0;
  const of = (person: string): Screen => screens.get(person) ?? NOTHING;
  const change = (person: string, changes: Partial<Screen>): void =>
    void screens.set(person, { ...of(person), ...changes });
  const named = (view: ViewContent): OpenView => {
    count += 1;
    return { ...view, id: `V${String(count).padStart(6, '0')}` };
  };
  return {
    of,
    whisper: (person, message) => change(person, { ephemerals: [...of(person).ephemerals, message] }),
    open: (person, view) => {
      const { modals } = of(person);
      if (modals.length >= MOST_MODALS) return undefined;
      const opened = named(view);
      change(person, { modals: [...modals, opened] });
      return opened;
    },
    replace: (id, content) => {
      const view = { ...content, id };
      for (const [person, { modals }] of screens) {
        if (!modals.some((modal) => modal.id === id)) continue;
        change(person, { modals: modals.map((modal) => (modal.id === id ? view : modal)) });
        return { person, view };
      }
      return undefined;
    },
    publish: (person, view) => {
      const home = { ...view, id: of(person).home?.id ?? named(view).id };
      change(person, { home });
      return home;
    },
    close: (id) => {
      for (const [person, { modals }] of screens) {
        const index = modals.findIndex((modal) => modal.id === id);
        if (index >= 0) change(person, { modals: modals.slice(0, index) });
      }
    },
  };
}
