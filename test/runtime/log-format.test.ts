import { afterEach, describe, expect, it, vi } from 'vitest';
import { BriefLogFormat } from '../../shared/runtime/log-format.ts';

afterEach(() => vi.unstubAllEnvs());

const line = (): unknown =>
  new BriefLogFormat()
    .formatAttributes(
      {
        logLevel: 'INFO',
        message: 'said',
        timestamp: new Date(Date.UTC(2026, 10, 21, 8, 5)),
        serviceName: 'slackwater',
        sampleRateValue: 0,
        xRayTraceId: '1-2-3',
        environment: '',
        awsRegion: 'eu-west-1',
      },
      { requestId: 'r-1', effects: [] },
    )
    .getAttributes();

describe('a log line', () => {
  it('says what was said, when, by whom, and what was given with it', () => {
    expect(line()).toEqual({
      level: 'INFO',
      message: 'said',
      timestamp: '2026-11-21T08:05:00.000Z',
      service: 'slackwater',
      requestId: 'r-1',
      effects: [],
    });
  });

  it.each([
    ['Root=1-2-3;Parent=4;Sampled=1', true],
    ['Root=1-2-3;Parent=4;Sampled=0', false],
  ])('with the trace %s names it: %s', (header, isNamed) => {
    vi.stubEnv('_X_AMZN_TRACE_ID', header);
    expect('xray_trace_id' in Object(line())).toBe(isNamed);
  });
});
