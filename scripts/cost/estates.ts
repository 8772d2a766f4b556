import type { Kind } from './kinds.ts';

/** A size of account, in ECS services. */
export const ESTATES = [10, 100, 1_000] as const;

/** What happens in a month of 30 days. */
export interface Month {
  readonly name: 'quiet' | 'bad';
  /** Of each service, on average. */
  readonly ofEachService: Readonly<Partial<Record<Kind, number>>>;
  /** Of the whole account, whatever its size. */
  readonly ofAll: Readonly<Partial<Record<Kind, number>>>;
  /** Metrics of Slackwater that are written in most hours. */
  readonly customMetrics: number;
  readonly sentence: string;
}

export const MONTHS: readonly Month[] = [
  {
    name: 'quiet',
    ofEachService: { expectedStop: 10, deployment: 8, failedDeployment: 0.1, problem: 0.05, repeatedStop: 1 },
    ofAll: { planDay: 7 },
    customMetrics: 1,
    sentence:
      'for each service 8 deployments, a tenth of a failed one, 10 stops that are expected, a problem in one service of 20, which stops 20 times; one retirement notice in the account, known for 7 days',
  },
  {
    name: 'bad',
    ofEachService: { expectedStop: 100, deployment: 30, failedDeployment: 2, problem: 1, repeatedStop: 500 },
    ofAll: { planDay: 28, stormEvent: 55_000 },
    customMetrics: 6,
    sentence:
      'for each service 30 deployments, 2 failed ones, 100 stops that are expected and a problem that stops 500 times; in the account a notice every week and five storms of 10,000 stops each',
  },
];
