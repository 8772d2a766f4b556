import type { Facts } from '../facts.ts';
import type { Diagnosis } from './diagnosis.ts';
import { sharpenChange } from './sharpen-change.ts';
import { sharpenImage } from './sharpen-image.ts';
import { sharpenMemory } from './sharpen-memory.ts';
import { sharpenTargetHealth } from './sharpen-target-health.ts';

/** Takes one kind of fact into a diagnosis; answers the same diagnosis where the fact has nothing to say about it. */
export type Sharpener = (diagnosis: Diagnosis, facts: Facts) => Diagnosis;

/** In the order in which they are applied. Each is a file of its own, `sharpen-….ts`. */
const SHARPENERS: readonly Sharpener[] = [sharpenImage, sharpenTargetHealth, sharpenMemory, sharpenChange];

/**
 * What further reads make of a diagnosis: confirm it, give it numbers, or name the cause that the text left open. A fact
 * that is missing changes nothing. Never makes a certainty of what a fact only suggests.
 */
export const sharpen = (diagnosis: Diagnosis, facts: Facts): Diagnosis =>
  SHARPENERS.reduce((sharpened, take) => take(sharpened, facts), diagnosis);
