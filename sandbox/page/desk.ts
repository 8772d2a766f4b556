import type { Sandbox } from '../sandbox.ts';
import type { Recorded } from '../scenario/library.ts';
import type { Player } from '../scenario/player.ts';
import { PEOPLE } from '../slack/people.ts';
import { createKnowledgeReader, type Knowledge } from './knowledge.ts';
import { createJobs, type Jobs } from './time/jobs.ts';
import { createPace, type Pace } from './time/pace.ts';

/** A sandbox, and who plays scenarios on it. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly player: Player;
}

export interface PageDeps extends Stage {
  readonly library: readonly Recorded[];
  /** Taken if it is free. */
  readonly port: number;
  /** Starts another sandbox; `retire` ends the one before. Absent: the page has no button for it. */
  readonly restart?: () => Promise<Stage & { readonly retire: () => Promise<void> }>;
}

/** What the page works on and remembers, for everybody who looks at it. */
export interface Desk {
  readonly library: readonly Recorded[];
  readonly restart: PageDeps['restart'];
  /** Changes when the sandbox is started again. */
  readonly stage: () => Stage;
  readonly replace: (stage: Stage) => void;
  /** Of the stage's clock. */
  readonly pace: () => Pace;
  readonly jobs: Jobs;
  /** Whom the page is. */
  readonly viewer: () => string;
  readonly become: (person: string) => void;
  /** Troubles that somebody has switched on, by name. */
  readonly troubles: Set<string>;
  readonly knowledge: () => Promise<Knowledge>;
  /** Calls `listener` whenever something changes; answers how to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createDesk(deps: PageDeps): Desk {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const read = createKnowledgeReader();
  const troubles = new Set<string>();
  let viewer = PEOPLE[0]?.id ?? '';
  let stage: Stage = deps;
  let pace = createPace(stage.sandbox.clock);
  let unsubscribe = stage.sandbox.journal.subscribe(tell);
  return {
    library: deps.library,
    restart: deps.restart,
    stage: () => stage,
    replace: (next) => {
      unsubscribe();
      stage = next;
      pace = createPace(next.sandbox.clock);
      troubles.clear();
      unsubscribe = next.sandbox.journal.subscribe(tell);
      tell();
    },
    pace: () => pace,
    jobs: createJobs(tell),
    viewer: () => viewer,
    become: (person) => {
      viewer = person;
      tell();
    },
    troubles,
    knowledge: () => read(stage.sandbox),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
