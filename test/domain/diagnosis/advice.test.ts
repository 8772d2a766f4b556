import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../shared/domain/diagnosis/catalogue.ts';
import { type CauseId, SEVERITY_OF_CAUSE } from '../../../shared/domain/diagnosis/causes.ts';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import type { ObservedTask } from '../../../shared/domain/diagnosis/observed.ts';
import { TABLE } from '../../../shared/domain/diagnosis/table.ts';
import type { TaskDefinitionFacts } from '../../../shared/domain/facts.ts';

// The keys of a record of every cause are the causes.
const causes = Object.keys(SEVERITY_OF_CAUSE) as CauseId[];
const adviceOn = (stoppedReason: string, more: Partial<ObservedTask> = {}) =>
  diagnose({ kind: 'task', containers: [], stoppedReason, ...more });

describe('the catalogue', () => {
  it.each(causes)('has a headline, a sentence and steps for %s', (cause) => {
    const { title, summary, fix, page } = CATALOGUE[cause];
    expect(title.split(' ').length).toBeGreaterThanOrEqual(2);
    expect(title.split(' ').length).toBeLessThanOrEqual(4);
    expect(summary({})).toMatch(/^[A-Z].*\.$/);
    expect(page).toMatch(/^[\w-]+\.html$/);
    const steps = fix({}).length;
    expect(cause.startsWith('lifecycle/') ? steps === 0 : steps >= 2).toBe(true);
  });

  it('never says undefined, with or without values', () => {
    for (const { example } of TABLE.flatMap(({ rules }) => rules)) {
      const { summary, fix } = adviceOn(example);
      expect([summary, ...fix].join('\n')).not.toMatch(/undefined|null|NaN/);
    }
  });

  it('gives the severity of the contract and a page of the developer guide', () => {
    const diagnosis = adviceOn('OutOfMemoryError: Container killed due to memory usage');
    expect(diagnosis.severity).toBe('high');
    expect(diagnosis.documentation).toBe(
      'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/out-of-memory.html',
    );
  });
});

describe('concrete values', () => {
  it.each([
    [
      'the image',
      'CannotPullContainerError: failed to resolve ref "docker.io/acme/web:42": not found',
      'docker.io/acme/web:42',
    ],
    [
      'the action',
      'api is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:eu-west-1:1:parameter/db',
      'ssm:GetParameters',
    ],
    [
      'the secret',
      "Secrets Manager can't find the specified secret. arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-Ab12",
      'secret:db-Ab12',
    ],
    ['the parameter', 'unable to retrieve secrets from ssm: invalid ssm parameters: /api/db', '/api/db'],
    [
      'the JSON key',
      'unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key PGHOST',
      'PGHOST',
    ],
    [
      'the role, without its session',
      'User: arn:aws:sts::111122223333:assumed-role/api-role/17cbd226 is not authorized to perform: ecr:BatchGetImage',
      'role api-role ',
    ],
    [
      'the host',
      'unable to retrieve ecr registry auth: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 192.0.2.1:443: i/o timeout',
      'api.ecr.eu-west-1.amazonaws.com (192.0.2.1:443)',
    ],
    [
      'the command',
      'CannotStartContainerError: exec: \\"serve\\": executable file not found in $PATH',
      'serve is not in the image',
    ],
    ['the port', 'CannotStartContainerError: Bind for 0.0.0.0:8080 failed: port is already allocated', 'port 8080'],
    [
      'the device',
      'CannotStartContainerError: error gathering device information while adding custom device "/dev/fuse": no such file',
      '/dev/fuse',
    ],
    [
      'the subnet',
      "Create Network Interface in subnet 'subnet-0a1b': InsufficientFreeAddressesInSubnet",
      'subnet-0a1b',
    ],
    [
      'the file system',
      'failed to invoke EFS utils commands: stderr: Failed to resolve "fs-0a1b2c3d.efs.eu-west-1.amazonaws.com"',
      'fs-0a1b2c3d',
    ],
    ['the instance', 'Host EC2 (instance i-0a1b2c3d4e5f60718) terminated.', 'i-0a1b2c3d4e5f60718'],
    ['what is lacking', 'RESOURCE:ENI', 'network interfaces'],
  ])('name %s', (_what, text, expected) => {
    const { summary, fix } = adviceOn(text);
    expect([summary, ...fix].join('\n')).toContain(expected);
  });

  it('name target group, port and status of a health check', () => {
    const message =
      '(service api) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/0a1b) due to (reason Health checks failed with these codes: [502,503])';
    const { summary, fix } = diagnose({ kind: 'service', message });
    expect(summary).toBe('The health check of target group blue got status 502,503.');
    expect(fix[0]).toContain('port 8080');
  });

  it('come from the task definition when the text has none', () => {
    const taskDefinition: TaskDefinitionFacts = {
      family: 'api',
      revision: 7,
      containers: [
        {
          name: 'web',
          image: 'api:7',
          isEssential: true,
          memory: 512,
          stopTimeout: 45,
          logOptions: { 'awslogs-group': '/ecs/api' },
          containerPorts: [],
          environmentNames: [],
          secrets: [],
        },
      ],
    };
    const { summary, fix } = adviceOn('Essential container in task exited', {
      taskDefinition,
      containers: [{ name: 'web', exitCode: 137 }],
    });
    expect(summary).toContain('Container web was killed (exit code 137)');
    expect(fix.join('\n')).toContain('512 MiB');
    expect(fix.join('\n')).toContain('now 45 s');
    expect(fix.join('\n')).toContain('/ecs/api');
  });

  describe('of secrets and logs come from the task definition when the text has none', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/api-execution';
    const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:api/${name}`;
    const container = (name: string, secrets: readonly string[]) => ({
      name,
      image: 'api:7',
      isEssential: true,
      logOptions: { 'awslogs-group': '/ecs/api' },
      containerPorts: [],
      environmentNames: [],
      secrets: secrets.map((valueFrom) => ({ name: 'VARIABLE', valueFrom })),
    });
    const taskDefinition: TaskDefinitionFacts = {
      family: 'api',
      revision: 7,
      executionRoleArn: roleArn,
      containers: [container('web', [secret('a'), secret('b')]), container('proxy', [secret('b'), secret('c')])],
    };
    const steps = (text: string) => adviceOn(text, { taskDefinition }).fix.join('\n');

    it.each([
      'ResourceInitializationError: unable to pull secrets or registry auth',
      'ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException',
    ])('role and secrets, without saying which: %s', (text) => {
      expect(steps(text)).toContain(`execution role ${roleArn}`);
      expect(steps(text)).toContain(`The task definition reads ${secret('a')}, ${secret('b')} and 1 more: check each.`);
    });

    it('not where the text names the secret', () => {
      const text = `unable to retrieve secret from asm: failed to fetch secret ${secret('b')} from secrets manager: AccessDeniedException`;
      expect(steps(text)).toContain(`on ${secret('b')} for execution role ${roleArn}`);
      expect(steps(text)).not.toContain(secret('a'));
    });

    it('the log group that all containers share, and the role', () => {
      const text =
        'ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.';
      expect(steps(text)).toContain('Create log group /ecs/api');
      expect(steps(text)).toContain(`logs:CreateLogGroup for execution role ${roleArn}`);
    });
  });

  it('hold no credentials', () => {
    const { summary } = adviceOn('stopped with AKIAIOSFODNN7EXAMPLE', { stopCode: 'UserInitiated' });
    expect(summary).toBe('Somebody stopped the task: "stopped with [redacted]".');
  });
});
