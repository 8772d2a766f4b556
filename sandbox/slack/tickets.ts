import type { Now } from '../clock.ts';

/** What Slack hands out with a request, for the app to answer it by. */
export interface Tickets {
  /** A `trigger_id`, which opens one modal for this person. */
  readonly trigger: (person: string) => string;
  /** Whose trigger it is, or Slack's word for what is wrong with it. */
  readonly pull: (trigger: string) => { readonly person: string } | { readonly error: string };
  /** The name of a `response_url`. */
  readonly answer: (to: Asker) => string;
  /** To whom an answer goes; `undefined` when there is none to be given any more. */
  readonly spend: (name: string) => Asker | undefined;
}

export interface Asker {
  readonly person: string;
  readonly channel: string;
}

/**
 * Milliseconds. Slack gives three seconds, within which a process on a busy laptop has not always started.
 * https://docs.slack.dev/interactivity/handling-user-interaction
 */
const TRIGGER_LIFE = 30_000;
const ANSWER_LIFE = 30 * 60_000;
const MOST_ANSWERS = 5;

/** On the sandbox's clock. */
export function createTickets(now: Now): Tickets {
  const triggers = new Map<string, { readonly person: string; readonly at: number; isUsed: boolean }>();
  const answers = new Map<string, { readonly to: Asker; readonly at: number; uses: number }>();
  return {
    trigger: (person) => {
      const id = `${triggers.size + 1}.sandbox`;
      triggers.set(id, { person, at: now(), isUsed: false });
      return id;
    },
    pull: (id) => {
      const trigger = triggers.get(id);
      if (trigger === undefined) return { error: 'invalid_trigger_id' };
      if (trigger.isUsed) return { error: 'exchanged_trigger_id' };
      if (now() > trigger.at + TRIGGER_LIFE) return { error: 'expired_trigger_id' };
      trigger.isUsed = true;
      return { person: trigger.person };
    },
    answer: (to) => {
      const name = String(answers.size + 1);
      answers.set(name, { to, at: now(), uses: 0 });
      return name;
    },
    spend: (name) => {
      const answer = answers.get(name);
      if (answer === undefined || answer.uses >= MOST_ANSWERS || now() > answer.at + ANSWER_LIFE) return undefined;
      answer.uses += 1;
      return answer.to;
    },
  };
}
