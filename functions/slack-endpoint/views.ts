import type { ModalView } from '@slack/types';
import * as v from 'valibot';
import { type Answer, postJson } from '../../shared/effects/http-post.ts';
import { parseJson } from '../../shared/parse/json.ts';
import type { TimeLeft } from './time-left.ts';

export type ViewAnswer =
  | { readonly status: 'shown'; readonly viewId: string }
  /** `name` is Slack's own word, such as `expired_trigger_id`. */
  | { readonly status: 'failed'; readonly name: string };

/** The modals of the Web API. @throws AdapterError when there is no token to be had */
export interface Views {
  /** `isOnTop`: over the modal in which the trigger was clicked. */
  readonly open: (
    opening: { readonly triggerId: string; readonly view: ModalView; readonly isOnTop: boolean },
    left: TimeLeft,
  ) => Promise<ViewAnswer>;
  readonly replace: (viewId: string, view: ModalView, left: TimeLeft) => Promise<ViewAnswer>;
}

const SHOWN = v.object({ ok: v.literal(true), view: v.object({ id: v.string() }) });
const REFUSED = v.object({ error: v.pipe(v.string(), v.regex(/^\w{1,80}$/)) });

/** `apiUrl` ends in a slash. */
export function createViews(deps: {
  readonly token: (left: TimeLeft) => Promise<string>;
  readonly apiUrl: string;
}): Views {
  const call = async (method: string, body: object, left: TimeLeft): Promise<ViewAnswer> => {
    const headers = { authorization: `Bearer ${await deps.token(left)}` };
    return answerOf(await postJson({ url: new URL(method, deps.apiUrl), headers, body, timeout: left() }));
  };
  return {
    open: ({ triggerId, view, isOnTop }, left) =>
      call(isOnTop ? 'views.push' : 'views.open', { trigger_id: triggerId, view }, left),
    replace: (viewId, view, left) => call('views.update', { view_id: viewId, view }, left),
  };
}

function answerOf(answer: Answer): ViewAnswer {
  if (answer.status === 'unanswered') return { status: 'failed', name: answer.failure };
  const body = parseJson(answer.text);
  const shown = v.safeParse(SHOWN, body);
  if (shown.success) return { status: 'shown', viewId: shown.output.view.id };
  const refused = v.safeParse(REFUSED, body);
  return { status: 'failed', name: refused.success ? refused.output.error : `http_${answer.code}` };
}
