import type { ChatRequest } from '../../../shared/domain/chat/request.ts';
import type { Person } from '../../../shared/domain/chat/rights.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import { suggestion } from '../../../shared/parse/nearest.ts';
import type { ChatAnswer } from '../answer.ts';
import { personFor } from '../permission.ts';
import type { Visit } from '../visit.ts';
import { ACK } from './ack.ts';
import { AUDIT } from './audit.ts';
import { type Asked, type Command, type CommandDeps, sentence } from './command.ts';
import { FREEZE, UNFREEZE } from './freeze.ts';
import { helpAnswer } from './help.ts';
import { MUTE, UNMUTE } from './mute.ts';
import { PLAN } from './plan.ts';
import { REDEPLOY } from './redeploy.ts';
import { STATUS } from './status.ts';
import { isStranger } from './stranger.ts';
import { WHY } from './why.ts';
import { WINDOWS } from './windows.ts';
import { wordsOf } from './words.ts';

/** Every command beside `help`, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  STATUS,
  WHY,
  ACK,
  MUTE,
  UNMUTE,
  PLAN,
  WINDOWS,
  FREEZE,
  UNFREEZE,
  REDEPLOY,
  AUDIT,
];

/** Also what is meant by nothing at all. */
const HELP = 'help';

type CommandRequest = ChatRequest & { readonly kind: 'command' };

/**
 * What a slash command comes to, for the asker alone. People of this workspace may ask; what changes something needs the
 * right that its button needs. Failed I/O throws as the stores do.
 */
export async function answerCommand(request: CommandRequest, visit: Visit, deps: CommandDeps): Promise<ChatAnswer> {
  const refusal = refusalFor(await personFor(visit, deps)(), request);
  if (refusal !== undefined) return sentence('refused', refusal);
  const [verb = HELP, ...words] = wordsOf(request.text);
  const name = verb.toLowerCase();
  const asked: Asked = { visit, deps, slash: request.command, now: visit.now, zone: zoneOf(visit.policy) };
  if (name === HELP) return helpAnswer(COMMANDS, asked);
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) return unknown(verb, asked);
  const came = await command.run(words, asked);
  return 'misuse' in came ? misused(command, came.misuse, asked) : came;
}

function unknown(verb: string, { slash }: Asked): ChatAnswer {
  const meant = suggestion(verb, [HELP, ...COMMANDS.map(({ name }) => name)]);
  return sentence('refused', `There is no command “${verb}”${meant}. “${slash} help” lists them.`);
}

/** What is wrong, and the form that is right. In a modal there is room for the sentence alone. */
function misused({ name, form, example }: Command, wrong: string, { slash }: Asked): ChatAnswer {
  const right = `The form is: ${slash} ${name} ${form}`;
  const answer = sentence('refused', wrong, [right, `For example: ${slash} ${name} ${example}`]);
  return { ...answer, because: `${wrong} ${right}` };
}

/** Of whom nothing could be found out, the worst is taken. */
const STRANGER =
  'Only members of this workspace are told anything, no guests and no bots; or Slack did not say just now who you are.';

function refusalFor(person: Person, { isExternallyShared }: CommandRequest): string | undefined {
  if (isExternallyShared === true) return 'This channel is shared with another organisation: nothing is told in it.';
  return isStranger(person) ? STRANGER : undefined;
}

/** The zone of the maintenance windows where they share one, else UTC. */
function zoneOf({ maintenance: { windows } }: Policy): string {
  const zones = new Set(windows.map(({ zone }) => zone));
  const [only = 'UTC'] = zones;
  return zones.size === 1 ? only : 'UTC';
}
