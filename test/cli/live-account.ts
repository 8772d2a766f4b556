import { devNull } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { type AwsServer, startAws } from '../../sandbox/aws/server.ts';
import { createEstate, type Estate } from '../../sandbox/estate/estate.ts';
import { eventIn } from '../support/event-files.ts';
import { run } from './command.ts';

/** Where the company of `events/` is. */
export const arnOf = (kind: 'task' | 'service', name: string, cluster = 'harbor-prod'): string =>
  `arn:aws:ecs:eu-west-1:111122223333:${kind}/${cluster}/${name}`;

/**
 * A fake AWS on loopback for the tests of one file, whose account has seen `stops`: events, or files of `events/`. `twist` changes
 * what the account answers. `explain` runs the command line against it.
 */
export function aLiveAccount(stops: readonly unknown[], twist: (estate: Estate) => Partial<Estate> = () => ({})) {
  let aws: AwsServer;
  beforeAll(async () => {
    const estate = createEstate();
    for (const stop of stops) estate.learn(typeof stop === 'string' ? eventIn(stop) : stop);
    aws = await startAws({ ...estate, ...twist(estate) }, new Map());
  });
  beforeEach(() => {
    const environment = {
      ...NO_OTHER_CREDENTIALS,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => aws[Symbol.asyncDispose]());
  return {
    explain: (args: readonly string[], given: Parameters<typeof run>[1] = {}) =>
      run(['explain', ...args], { environment: process.env, ...given }),
    faults: () => aws.faults,
    calls: () => aws.calls,
  };
}

/** No profile, no file, no metadata service: what is not in the variables is not found. */
const NO_OTHER_CREDENTIALS = {
  AWS_PROFILE: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};
