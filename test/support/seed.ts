import { configureGlobal } from 'fast-check';

/** One seed for every law, so that a run on one machine is the run on another. Raise `numRuns` locally to explore. */
configureGlobal({ seed: 20_261_121 });
