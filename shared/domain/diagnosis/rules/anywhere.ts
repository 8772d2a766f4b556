import { type Area, always, both, either, matches, not, says } from '../rule.ts';

/** Words that name a cause whatever they are wrapped in: "so does a pull error around no space left on device". */
export const anywhere: Area = {
  applies: always,
  rules: [
    {
      cause: 'storage/disk-full',
      when: either(
        says('no space left', 'not enough space on the disk', 'disk quota exceeded', 'no free inodes', 'disk is full'),
        both(says('thin pool'), says('free')),
      ),
      because: 'A write failed for want of space or inodes.',
      example: 'CannotPullContainerError: failed to register layer: write /opt/model.bin: no space left on device',
    },
    {
      cause: 'memory/container-oom',
      when: says(
        'outofmemory',
        'due to memory usage',
        'oom-killed',
        'oom killed',
        'oomkilled',
        'out of memory',
        'killed due to oom',
      ),
      because: 'The text says that memory ran out.',
      example: 'OutOfMemoryError: Container killed due to memory usage',
    },
    {
      cause: 'image/platform-mismatch',
      when: either(
        says('exec format error', 'descriptor matching platform', 'no matching manifest', 'no match for platform'),
        says('cannot be used on this platform', 'does not match the host operating system'),
        matches(/\boperating system\b.{0,40}\bdoes not match\b/),
        matches(/\bimage\b.{0,80}\b(?:is incompatible with|does not match)\b.{0,60}\b(?:host|platform)\b/),
      ),
      because: 'The image was built for another architecture, operating system or Windows version.',
      example: "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'",
    },
    {
      cause: 'network/subnet-ip-exhausted',
      when: either(
        says('insufficientfreeaddresses', 'insufficientcidrblocks', 'insufficient free address'),
        matches(/\b(?:not|no|insufficient|enough)\b.{0,40}\b(?:free|available)\b.{0,20}\baddress/),
      ),
      because: 'EC2 says that the subnet has no free address.',
      example:
        "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0a1b2c3d': InsufficientFreeAddressesInSubnet",
    },
    {
      cause: 'platform/runtime-timeout',
      when: says('could not transition to', 'timed out after waiting', 'dockertimeouterror', 'runtimetimeouterror'),
      because: 'A container took longer to change its state than the agent waits.',
      example: 'DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s',
    },
    {
      cause: 'app/dependency-failed',
      when: says(
        'taskdependencyerror',
        'dependencies cannot be resolved',
        'container ordering dependency',
        'did not exit successfully',
        'dependency will never start',
        'dependson',
      ),
      because: 'A container waits for a condition of another one that can no longer be met.',
      example:
        'dependency graph: failed to resolve container ordering dependency [migrate] for target [web] as dependency did not exit successfully.',
    },
    {
      cause: 'iam/role-assume-failed',
      when: either(
        says('sts:assumerole', 'trust relationship', 'role being passed', 'unable to find execution role credentials'),
        matches(/\b(?:unable to|cannot|can't|could not|couldn't|failed to) assume\b/),
      ),
      because: 'ECS may not assume the role, or the role does not exist.',
      example: "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/api-execution'",
    },
    {
      cause: 'iam/permission-missing',
      when: says('tagpolicyviolation', 'tag policy', 'iam permissions policies have been misconfigured'),
      because: 'A policy of the account or of the organization stands in the way of ECS itself.',
      example: 'Unexpected EC2 error while attempting to tag the network interface: TagPolicyViolation',
    },
    {
      cause: 'image/ecr-access-denied',
      when: matches(/not authorized to perform: ?ecr(?:-public)?:/),
      because: 'IAM, the repository or an endpoint policy refused an ECR action.',
      example:
        'AccessDeniedException: User: api-role is not authorized to perform: ecr:GetAuthorizationToken on resource: *',
    },
    {
      cause: 'secrets/access-denied',
      when: both(matches(/not authorized to perform: ?(?:secretsmanager|ssm|kms):/), not(says('ebs'))),
      because: 'IAM refused to read the secret, the parameter or the key that encrypts it.',
      example:
        'api-role is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/db',
    },
    {
      cause: 'logging/access-denied',
      when: matches(/not authorized to perform: ?logs:/),
      because: 'IAM refused an action of CloudWatch Logs.',
      example:
        'api-role is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:eu-west-1:111122223333:log-group:api',
    },
    {
      cause: 'storage/permission-denied',
      when: matches(/not authorized to perform: ?(?:elasticfilesystem|s3files|fsx):/),
      because: 'IAM refused to mount the file system.',
      example: 'api-task is not authorized to perform: elasticfilesystem:ClientMount',
    },
    {
      cause: 'config/env-file-unavailable',
      when: matches(/not authorized to perform: ?s3:/),
      because: 'At task start ECS reads S3 for environment files alone, and IAM refused it.',
      confidence: 'likely',
      example: 'api-role is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::settings/api.env',
    },
    {
      cause: 'iam/permission-missing',
      when: either(
        says('unauthorizedoperation', 'not authorized to perform this operation'),
        matches(/not authorized to perform: ?[a-z0-9-]+:[a-z]/),
      ),
      because: 'A role that ECS uses lacks an action that is not about a secret, an image or a log group.',
      example:
        'Unable to launch instance(s) for capacity provider batch. UnauthorizedOperation: You are not authorized to perform this operation.',
    },
  ],
};
