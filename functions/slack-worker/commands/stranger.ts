import type { Person } from '../../../shared/domain/chat/rights.ts';

/** Logs and the names of services are for members of the workspace that Slackwater serves. */
export const isStranger = ({ isBot, isGuest, isForeign }: Person): boolean => isBot || isGuest || isForeign;
