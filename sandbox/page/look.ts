import { isZone } from '../../shared/domain/zone.ts';
import { TIMELINE_GROUPS, type TimelineGroup, USUALLY_SHOWN } from './timeline/groups.ts';

/** What a reader of the page has chosen to see. It is the query of the page's address, so that it can be shared. */
export interface Look {
  /** Of the clock, the calendar and the timeline; absent: the first window's own. */
  readonly zone?: string;
  /** `cluster/service` whose details are open. */
  readonly service?: string;
  /** Channel id; absent: all. */
  readonly channel?: string;
  readonly shown: readonly TimelineGroup[];
}

/** What is not understood is as if it were not there: an address may be old. */
export function lookIn(query: URLSearchParams): Look {
  const [zone, service, channel] = ['zone', 'service', 'channel'].map((name) => query.get(name) ?? '');
  const shown = TIMELINE_GROUPS.filter((group) => query.getAll('show').includes(group));
  return {
    ...(zone && isZone(zone) && { zone }),
    ...(service && { service }),
    ...(channel && { channel }),
    shown: query.has('show') ? shown : USUALLY_SHOWN,
  };
}

/** The address of the page with a look; `view` names the part to go to. */
export function addressOf({ zone, service, channel, shown }: Look, view: string): string {
  const pairs = [
    ...Object.entries({ zone, service, channel }).filter((pair) => pair[1] !== undefined),
    ...(shown === USUALLY_SHOWN ? [] : shown.map((group) => ['show', group])),
  ];
  // True: what is undefined has been taken out.
  const query = new URLSearchParams(pairs as [string, string][]).toString();
  return `?${query}#${view}`;
}
