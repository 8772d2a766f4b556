import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../../functions/slack-worker/config.ts';

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  TABLE_NAME: 'slackwater',
  REDEPLOY_FUNCTION: 'slackwater-redeploy',
} as const;

describe('the environment', () => {
  it('names every variable that is missing', () => {
    expect(() => readConfig({})).toThrow(/AWS_REGION.*TABLE_NAME.*REDEPLOY_FUNCTION/);
  });

  it('lets an installation change nothing', () => {
    expect(readConfig({ ...ENVIRONMENT, REDEPLOYMENTS: 'no' })).toMatchObject({ mayRedeploy: false });
    expect(readConfig(ENVIRONMENT)).toMatchObject({ mayRedeploy: true, readsContainerLogs: true });
  });
});

describe('the function as it is wired', () => {
  beforeEach(() => {
    vi.unstubAllEnvs();
    for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
    // Nothing listens there.
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });

  it('takes an event that is none for what it is, and calls nobody', async () => {
    const { handler } = await import('../../../functions/slack-worker/index.ts');
    // The cast is true enough: the handler looks at nothing else of the context.
    const context = { awsRequestId: '1', getRemainingTimeInMillis: () => 1_000 } as Parameters<typeof handler>[1];
    await expect(handler({ hello: 1 }, context)).resolves.toBeUndefined();
  });
});
