import { app } from './catalogue/app.ts';
import { capacity } from './catalogue/capacity.ts';
import { config } from './catalogue/config.ts';
import { health } from './catalogue/health.ts';
import { image } from './catalogue/image.ts';
import { logging } from './catalogue/logging.ts';
import { network } from './catalogue/network.ts';
import { platform } from './catalogue/platform.ts';
import { scheduler } from './catalogue/scheduler.ts';
import { secrets } from './catalogue/secrets.ts';
import { storage } from './catalogue/storage.ts';
import type { CauseId } from './causes.ts';
import type { Entry } from './entry.ts';

/** What happened and what to do about it are two tables; this is the second. The compiler demands every cause. */
export const CATALOGUE: Readonly<Record<CauseId, Entry>> = {
  ...image,
  ...network,
  ...secrets,
  ...logging,
  ...config,
  ...storage,
  ...app,
  ...health,
  ...capacity,
  ...platform,
  ...scheduler,
};
