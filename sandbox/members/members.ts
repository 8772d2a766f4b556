import type { Call } from '../aws/call.ts';
import type { Caller } from '../aws/caller.ts';
import type { AwsError } from '../aws/faults.ts';
import { refuse } from '../aws/operation.ts';
import { placeOperations } from '../aws/operations.ts';
import type { Now } from '../clock.ts';
import { createHarbour } from '../ecs/harbour.ts';
import { createSandboxEcs, type SandboxEcs } from '../ecs/sandbox-ecs.ts';
import { withHarbour } from '../ecs/with-harbour.ts';
import { COMPANY } from '../estate/company.ts';
import { createEstate } from '../estate/estate.ts';
import { withArmada } from '../scenario/armada.ts';
import { assumeRole, identityOf, notAuthorized } from './keys.ts';
import { isAt, type MemberPlace, type MemberSpec, renaming } from './place.ts';

/** One place beside home, for a test to drive. */
export interface Member extends MemberPlace {
  /** Services that obey. Notices and calls have this place's account and Region. */
  readonly ecs: Pick<SandboxEcs, 'add' | 'change' | 'retire' | 'notices' | 'writes' | 'service'>;
  /** The same event, or anything else, as it is here. */
  readonly here: <Value>(value: Value) => Value;
  /** Every action that was asked for here, in order: `ecs:DescribeServices`. */
  readonly calls: readonly string[];
}

export interface Members {
  readonly all: readonly Member[];
  /** Takes in the task that an event is about; `false`: it is none of theirs. */
  readonly learn: (event: unknown) => boolean;
  readonly takeEvents: () => readonly unknown[];
  /** What AWS answers to a call that is not for home, or that home may not make; `undefined`: home answers. */
  readonly answer: (call: Pick<Call, 'action' | 'input'>, caller: Caller) => object | AwsError | undefined;
}

interface Place extends Member {
  readonly learn: (event: unknown) => void;
  readonly takeEvents: () => readonly unknown[];
  readonly ask: (call: Pick<Call, 'action' | 'input'>) => object | AwsError;
}

/** Without members nothing is refused: a test may sign with any keys. */
export function createMembers(specs: readonly MemberSpec[], now: Now): Members {
  const places = specs.map((spec) => createPlace(spec, now));
  return {
    all: places,
    learn: (event) => {
      const place = places.find((one) => isAt(event, one));
      place?.learn(event);
      return place !== undefined;
    },
    takeEvents: () => places.flatMap((place) => place.takeEvents()),
    answer: (call, caller) => {
      if (specs.length === 0) return undefined;
      const by = identityOf(caller);
      if (call.action === 'sts:AssumeRole') return assumeRole(call.input, { members: specs, now: now(), by });
      const isRefused =
        by.role === 'home'
          ? isPlaced(call.action) && caller.region !== COMPANY.region
          : isChange(call.action) !== (by.role === 'redeploy');
      const strange = strangerIn(call, { account: by.account, region: caller.region });
      if (isRefused || strange !== undefined) return notAuthorized(by, call.action, strange ?? '*');
      if (by.role === 'home') return undefined;
      const place = places.find(({ account, region }) => account === by.account && region === caller.region);
      return place?.ask(call) ?? refuse('UnrecognizedClientException', `the sandbox has no ${caller.region} there`);
    },
  };
}

function createPlace(place: MemberSpec, now: Now): Place {
  const { toMember, toHome } = renaming(place);
  const harbour = createHarbour(now);
  const estate = withArmada(createEstate());
  const operations = placeOperations(withHarbour(estate, harbour), harbour);
  const ecs = createSandboxEcs(harbour);
  const calls: string[] = [];
  return {
    account: place.account,
    region: place.region,
    ecs: {
      ...ecs,
      notices: (spec) => toMember(ecs.notices(toHome(spec))),
      writes: (action) => toMember(ecs.writes(action)),
    },
    here: toMember,
    calls,
    learn: (event) => estate.learn(toHome(event)),
    takeEvents: () => harbour.takeEvents().map(({ event }) => toMember(event)),
    ask: ({ action, input }) => {
      calls.push(action);
      const operation = operations[action];
      return operation === undefined
        ? refuse('UnknownOperationException', `the sandbox does not model ${action}`)
        : toMember(operation(toHome(input)));
    },
  };
}

/** What the role for redeployments may, and the one for reading may not. */
const isChange = (action: string): boolean => /^(ecs|codedeploy):(Continue|Create|Run|Stop|Update)/.test(action);

/** Of which the roles of the functions have no more than what is in their own Region. */
const isPlaced = (action: string): boolean =>
  /^(cloudtrail|cloudwatch|codedeploy|ecs|elasticloadbalancing):/.test(action);

/** Services whose ARNs say where they are; images and log groups are asked for across places by right. */
const PLACED = /arn:aws:(?:ecs|elasticloadbalancing|codedeploy):([a-z0-9-]+):(\d{12}):[^"\s]+/g;

/** The first ARN in a request that is of another place than the one that is asked. */
function strangerIn({ input }: Pick<Call, 'input'>, asked: MemberPlace): string | undefined {
  const named = [...JSON.stringify(input).matchAll(PLACED)];
  return named.find(([, region, account]) => region !== asked.region || account !== asked.account)?.[0];
}

/** Events of home are not forwarded. */
export const isForwarded = (event: unknown): boolean => !isAt(event, COMPANY);
