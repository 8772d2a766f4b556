import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import { sharpen } from '../../../shared/domain/diagnosis/sharpen.ts';
import { found, type ImageFacts, type TaskDefinitionFacts } from '../../../shared/domain/facts.ts';

const NAME = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:2.31.0';
const WORDS = {
  notFound: `CannotPullContainerError: failed to resolve ref ${NAME}: ${NAME}: not found`,
  failed: `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${NAME}`,
  denied: `CannotPullContainerError: failed to resolve ref ${NAME}: unexpected status from HEAD request: 403 Forbidden`,
  platform: `CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'`,
};
const PUSHED = Date.UTC(2026, 10, 16, 14, 3);
const there: ImageFacts = { repository: 'checkout', reference: '2.31.0', exists: true, pushedAt: PUSHED };
const gone: ImageFacts = {
  repository: 'checkout',
  reference: '2.31.0',
  exists: false,
  newest: { tag: '2.30.4', pushedAt: PUSHED },
};

const told = (stoppedReason: string) =>
  diagnose({ kind: 'task', stopCode: 'TaskFailedToStart', stoppedReason, containers: [] });
const sharpened = (stoppedReason: string, image: ImageFacts) => sharpen(told(stoppedReason), { image: found(image) });

describe('an image that ECR does not have', () => {
  it('is named with the newest that it has', () => {
    const diagnosis = sharpened(WORDS.notFound, gone);
    expect(diagnosis).toMatchObject({
      cause: 'image/not-found',
      confidence: 'certain',
      summary: 'ECR has no tag 2.31.0 in checkout; the newest is 2.30.4, pushed 2026-11-16 14:03 UTC.',
      confirmedBy: ['ecr:DescribeImages'],
    });
    expect(diagnosis.fix[0]).toBe('Push checkout:2.31.0, or deploy one that exists, such as 2.30.4.');
    expect(diagnosis.evidence).toEqual([
      ...told(WORDS.notFound).evidence,
      { field: 'ecr:DescribeImages', text: 'checkout:2.31.0 is not there' },
    ]);
  });

  it('is named without the newest where that is not known', () => {
    const { newest: _, ...image } = gone;
    expect(sharpened(WORDS.notFound, image).summary).toBe('ECR has no tag 2.31.0 in checkout.');
  });

  it('is named by its digest', () => {
    const reference = `sha256:${'0a'.repeat(32)}`;
    const { summary, fix } = sharpened(WORDS.notFound, { ...gone, reference });
    expect(summary).toContain(`no digest ${reference} in checkout`);
    expect(fix[0]).toContain(`checkout@${reference}`);
  });

  it('is told apart from a repository that is missing', () => {
    const { summary, fix } = sharpened(WORDS.notFound, {
      repository: 'hub/checkout',
      reference: '2.31.0',
      exists: false,
      repositoryMissing: true,
    });
    expect(summary).toBe('ECR has no repository hub/checkout.');
    expect(fix[0]).toContain('create hub/checkout');
    expect(fix.at(-1)).toContain('pull-through cache');
  });

  it('is likely to be the cause of a pull that failed without words', () => {
    expect(told(WORDS.failed)).toMatchObject({ cause: 'image/pull-failed', severity: 'medium' });
    const diagnosis = sharpened(WORDS.failed, gone);
    expect(diagnosis).toMatchObject({
      cause: 'image/not-found',
      confidence: 'likely',
      severity: 'high',
      title: 'Image not found',
    });
    expect(diagnosis.summary).toContain('ECR has no tag 2.31.0');
  });

  it('does not turn a refusal into something else, but comes first in what to do', () => {
    const { cause, confidence, summary, fix } = sharpened(WORDS.denied, gone);
    expect([cause, confidence]).toEqual(['image/ecr-access-denied', 'certain']);
    expect(summary).toContain('ECR has no tag 2.31.0 in checkout');
    expect(fix[0]).toContain('Push checkout:2.31.0');
  });
});

describe('an image that ECR has', () => {
  it('leaves only the permission to be missing, and nobody has to check that it exists', () => {
    const before = told(WORDS.denied);
    const { summary, fix } = sharpened(WORDS.denied, there);
    expect(summary).toContain('ECR has the image, pushed 2026-11-16 14:03 UTC: only the permission is missing.');
    expect(before.fix.filter((step) => !fix.includes(step))).toEqual([
      expect.stringMatching(/^Check that image .* exists: ECR answers alike/),
    ]);
  });

  it('was pushed since, or its tag was moved, when ECS did not find it', () => {
    const { cause, fix } = sharpened(WORDS.notFound, there);
    expect(cause).toBe('image/not-found');
    expect(fix[0]).toContain('ECR has checkout:2.31.0 now, pushed 2026-11-16 14:03 UTC.');
    expect(fix[0]).toContain('force a new deployment');
  });

  it('failed on the way when the pull failed', () => {
    const { cause, confidence, summary } = sharpened(WORDS.failed, there);
    expect([cause, confidence]).toEqual(['image/pull-failed', 'unclear']);
    expect(summary).toContain('it failed on the way or in unpacking');
  });

  it('names its platforms beside the one that the task definition asks for', () => {
    const definition: TaskDefinitionFacts = {
      family: 'checkout',
      revision: 58,
      containers: [],
      cpuArchitecture: 'ARM64',
    };
    const image = { ...there, platforms: ['linux/amd64', 'windows/amd64'] };
    const { cause, summary } = sharpen(told(WORDS.platform), {
      image: found(image),
      taskDefinition: found(definition),
    });
    expect(cause).toBe('image/platform-mismatch');
    expect(summary).toContain('ECR has it for linux/amd64, windows/amd64; the task definition asks for ARM64.');
  });
});
