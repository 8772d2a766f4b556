import fc from 'fast-check';

/** One seed for every law, so that a run on one machine is the run on another. Raise `numRuns` locally to explore. */
fc.configureGlobal({ seed: 20_261_121 });
