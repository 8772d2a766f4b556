import type { Metrics } from '@aws-lambda-powertools/metrics';

/** What CloudWatch counts in. */
export type Unit = 'Count' | 'Seconds';

/** Counts of an invocation, which become metrics of CloudWatch at its end. */
export interface Counts {
  readonly addMetric: (name: string, unit: Unit, value: number) => void;
  /** Writes what was counted as a line of the log, in the embedded metric format; nothing where nothing was. */
  readonly publish: () => Promise<void>;
}

interface Count {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
}

const NAMESPACE = 'Slackwater';

/**
 * The only dimensions are the service and the function. Powertools is loaded with the first count: most invocations have
 * nothing to count, and each cold start would read it.
 */
export function createCounts(serviceName: string, functionName: string): Counts {
  const pending: Count[] = [];
  let loading: Promise<Metrics> | undefined;

  async function load(): Promise<Metrics> {
    const { Metrics: Powertools } = await import('@aws-lambda-powertools/metrics');
    return new Powertools({ namespace: NAMESPACE, serviceName, defaultDimensions: { function: functionName } });
  }

  return {
    addMetric: (name, unit, value) => void pending.push({ name, unit, value }),
    publish: async () => {
      if (pending.length === 0) return;
      loading ??= load();
      const metrics = await loading;
      for (const { name, unit, value } of pending.splice(0)) metrics.addMetric(name, unit, value);
      metrics.publishStoredMetrics();
    },
  };
}
