import * as v from 'valibot';
import { RIGHT_NAMES } from '../domain/chat/rights.ts';
import { MENTIONS } from './configuration-audience.ts';
import { PLACE_SELECTOR } from './configuration-selector.ts';
import { exact, listOf, listUpTo, matching, oneOf } from './document-shape.ts';

const CHANNEL = matching(/^[CG][A-Z0-9]{2,}$/, 'a channel id such as C0123ABCD');

/** `{ may: ['approve', 'object'], who: ['S0SRE'], where: { clusters: ['prod-*'] } }`. */
const RIGHT = exact({
  may: listOf(oneOf(RIGHT_NAMES)),
  who: MENTIONS,
  where: v.exactOptional(PLACE_SELECTOR),
  channels: v.exactOptional(listOf(CHANNEL)),
});

/** Who may do what in Slack. A list of none gives nobody anything beyond the defaults. */
export const CHAT = exact({ rights: listUpTo(200, RIGHT) });
