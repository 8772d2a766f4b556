/** What happens in an account, each measured on its own in the sandbox; the sentence is for the page. */
export const KINDS = {
  minute: 'a minute in which nothing happens: the two schedules, and the watchdogs over 100 services',
  expectedStop: 'a stop that nobody has to know of and no rule can tell, alone in its batch',
  deployment: 'a deployment that succeeds: started, completed, steady state',
  problem: 'a new problem, from the first stop to its closing: recorded, told, edited, closed',
  repeatedStop: 'one more stop of a known problem, alone in its batch',
  stormEvent: 'one event of a storm: 10,000 stops of 20 looping services in ten minutes, a tenth of them twice',
  failedDeployment: 'a deployment that fails with three stopped tasks, and its rollback',
  planDay: 'a day of a plan that waits for its window, with the notice that began it',
} as const;

export type Kind = keyof typeof KINDS;
