import {
  type Allowed,
  groupsNamed,
  mayDo,
  type Person,
  type RightName,
  type RightSubject,
} from '../../shared/domain/chat/rights.ts';
import type { FoundPerson } from '../../shared/effects/slack/slack-people.ts';
import type { Visit, WorkerDeps } from './visit.ts';

interface Question {
  /** All of them are needed. */
  readonly rights: readonly RightName[];
  readonly subjects: readonly RightSubject[];
}

/** Whether who is asking may do it, by what Slack says of them now or said within minutes. */
export async function permit(
  { rights, subjects }: Question,
  visit: Visit,
  deps: Pick<WorkerDeps, 'people'>,
): Promise<Allowed> {
  const { request, policy, channel } = visit;
  if (request.isExternallyShared === true)
    return { allowed: false, because: 'This channel is shared with another organisation: nothing is decided in it.' };
  const found = await findPerson(rights, visit, deps);
  if (found.status === 'unknown') return { allowed: false, because: found.because };
  const { person } = found;
  const answers = rights.map((right) => mayDo({ right, person, subjects, ...(channel && { channel }) }, policy.chat));
  return answers.find(({ allowed }) => !allowed) ?? { allowed: true };
}

/** Only the groups that decide about `rights` are looked up. */
function findPerson(
  rights: readonly RightName[],
  { request, policy }: Visit,
  { people }: Pick<WorkerDeps, 'people'>,
): Promise<FoundPerson> {
  const { team, enterprise, user } = request;
  const groups = [...new Set(rights.flatMap((right) => groupsNamed(right, policy.chat)))];
  const sought = { id: user.id, team, ...(user.team && { home: user.team }), ...(enterprise && { enterprise }) };
  return people.find(sought, groups);
}

/** Who is asking, with the groups that decide about a right. Of whom nothing is known, the worst is. */
export const personFor =
  (visit: Visit, deps: Pick<WorkerDeps, 'people'>) =>
  async (right?: RightName): Promise<Person> => {
    const found = await findPerson(right === undefined ? [] : [right], visit, deps);
    const { id } = visit.request.user;
    return found.status === 'known'
      ? found.person
      : { id, groups: 'unknown', isBot: false, isGuest: true, isForeign: true };
  };
