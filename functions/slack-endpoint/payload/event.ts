import * as v from 'valibot';
import { present } from '../../../shared/domain/present.ts';
import { lenient, shape, text } from '../../../shared/parse/schema.ts';
import { ignored, malformedBy, type PayloadRead } from './outcome.ts';

const TYPED = shape({ type: text });

// https://docs.slack.dev/reference/events/url_verification
const CHALLENGE = shape({ challenge: text });

// https://docs.slack.dev/apis/events-api/#event-type-structure
const CALLBACK = shape({
  event_id: text,
  team_id: text,
  enterprise_id: lenient(text),
  api_app_id: lenient(text),
  is_ext_shared_channel: lenient(v.boolean()),
  event: TYPED,
});

// https://docs.slack.dev/reference/events/app_home_opened
const HOME_OPENED = shape({ event: shape({ user: text, tab: lenient(text) }) });

/** The JSON of the Events API. Of the events only the opened home tab is read. */
export function parseEvent(body: unknown): PayloadRead {
  const typed = v.safeParse(TYPED, body);
  if (!typed.success) return malformedBy(typed.issues);
  if (typed.output.type === 'url_verification') return parseChallenge(body);
  return typed.output.type === 'event_callback' ? parseCallback(body) : ignored('unknown-event');
}

function parseChallenge(body: unknown): PayloadRead {
  const { success, issues, output } = v.safeParse(CHALLENGE, body);
  return success ? { status: 'challenge', challenge: output.challenge } : malformedBy(issues);
}

function parseCallback(body: unknown): PayloadRead {
  const callback = v.safeParse(CALLBACK, body, { abortEarly: true });
  if (!callback.success) return malformedBy(callback.issues);
  const { event, event_id, team_id, enterprise_id, api_app_id, is_ext_shared_channel } = callback.output;
  if (event.type !== 'app_home_opened') return ignored('unknown-event');
  const opened = v.safeParse(HOME_OPENED, body, { abortEarly: true });
  if (!opened.success) return malformedBy(opened.issues);
  const { user, tab } = opened.output.event;
  if (tab !== undefined && tab !== 'home') return ignored('other-tab');
  return {
    status: 'asked',
    sender: {
      team: team_id,
      user: { id: user },
      ...present({ enterprise: enterprise_id, isExternallyShared: is_ext_shared_channel }),
    },
    act: { kind: 'home-opened' },
    eventId: event_id,
    isInModal: false,
    ...present({ appId: api_app_id }),
  };
}
