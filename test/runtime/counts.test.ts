import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCounts } from '../../shared/runtime/counts.ts';

afterEach(() => vi.restoreAllMocks());

/** Lines that Powertools writes, as CloudWatch reads them. */
function written() {
  const lines: unknown[] = [];
  vi.spyOn(Metrics.prototype, 'publishStoredMetrics').mockImplementation(function (this: Metrics) {
    lines.push(this.serializeMetrics());
    this.clearMetrics();
    return this;
  });
  return lines;
}

describe('counts of an invocation', () => {
  it('are one line of the embedded metric format at its end, and none the next time', async () => {
    const lines = written();
    const counts = createCounts('slackwater', 'reconcile');
    counts.addMetric('DeliveriesRefused', 'Count', 2);
    counts.addMetric('DeliveryDelay', 'Seconds', 95);
    expect(lines).toEqual([]);
    await counts.publish();
    await counts.publish();
    expect(lines).toMatchObject([
      {
        _aws: {
          CloudWatchMetrics: [
            {
              Namespace: 'Slackwater',
              Dimensions: [expect.arrayContaining(['service', 'function'])],
              Metrics: [
                { Name: 'DeliveriesRefused', Unit: 'Count' },
                { Name: 'DeliveryDelay', Unit: 'Seconds' },
              ],
            },
          ],
        },
        service: 'slackwater',
        function: 'reconcile',
        DeliveriesRefused: 2,
        DeliveryDelay: 95,
      },
    ]);
  });

  it('are nothing where nothing was counted: Powertools would warn', async () => {
    const lines = written();
    await createCounts('slackwater', 'redeploy').publish();
    expect(lines).toEqual([]);
  });
});
