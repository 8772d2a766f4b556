/** A stop that AWS documents, as the event shows it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ */
export interface DocumentedStop {
  readonly kind: 'task' | 'service' | 'deployment';
  readonly input: {
    readonly stopCode?: string;
    readonly stoppedReason?: string;
    readonly message?: string;
    readonly reason?: string;
    readonly group?: string;
    readonly containers?: readonly {
      readonly name: string;
      readonly exitCode?: number;
      readonly reason?: string;
    }[];
  };
}

const stopped = (stoppedReason: string, stopCode = 'TaskFailedToStart'): DocumentedStop => ({
  kind: 'task',
  input: { stopCode, stoppedReason },
});

const container = (reason: string): DocumentedStop => ({
  kind: 'task',
  input: {
    stopCode: 'TaskFailedToStart',
    stoppedReason: 'Task failed to start',
    containers: [{ name: 'web', reason }],
  },
});

const exited = (exitCode: number, reason?: string): DocumentedStop => ({
  kind: 'task',
  input: {
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    group: 'service:api',
    containers: [{ name: 'web', exitCode, ...(reason !== undefined && { reason }) }],
  },
});

const event = (message: string): DocumentedStop => ({ kind: 'service', input: { message } });

/** In the order in which a task lives: image, start, run, health, placement, rollout. */
export const DOCUMENTED_STOPS: readonly DocumentedStop[] = [
  stopped(
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:v42: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:v42: not found',
  ),
  stopped(
    "CannotPullContainerError: The task cannot pull 'api:v42' from the Amazon ECR repository '111122223333.dkr.ecr.eu-west-1.amazonaws.com/api'. There is a connection issue between the task and Amazon ECR. Check your task network configuration.",
  ),
  stopped(
    "CannotPullContainerError: The task can't pull the image. Check that the role has the permissions to pull images from the registry. Error response from daemon: pull access denied for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/api: User: arn:aws:sts::111122223333:assumed-role/api-execution/0a1b is not authorized to perform: ecr:BatchGetImage",
  ),
  container(
    "CannotPullContainerError: Error response from daemon: pull access denied for acme/web, repository does not exist or may require 'docker login'",
  ),
  stopped(
    'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/nginx/manifests/sha256:0a1b: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.',
  ),
  stopped("CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'"),
  container('CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device'),
  stopped(
    'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.',
  ),
  stopped(
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/api-execution/0a1b is not authorized to perform: secretsmanager:GetSecretValue',
  ),
  stopped(
    "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region. ResourceNotFoundException: Secrets Manager can't find the specified secret.",
  ),
  stopped(
    'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key DB_PASSWORD',
  ),
  stopped(
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
  ),
  stopped(
    'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-0123456789abcdef0.efs.eu-west-1.amazonaws.com" - check that your file system ID is correct.',
  ),
  stopped(
    'ResourceInitializationError: failed to download env files: file download command: non empty error stream: AccessDenied: Access Denied status code: 403',
  ),
  container(
    'CannotStartContainerError: Error response from daemon: OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "serve": executable file not found in $PATH: unknown',
  ),
  stopped(
    "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-0a1b2c3d': InsufficientFreeAddressesInSubnet",
  ),
  exited(137, 'OutOfMemoryError: Container killed due to memory usage'),
  exited(137),
  exited(1),
  exited(139),
  stopped('Task failed container health checks', 'ServiceSchedulerInitiated'),
  event(
    '(service api) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/0a1b2c3d) due to (reason Health checks failed with these codes: [503])',
  ),
  event(
    '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 0a1b2c3d) has insufficient memory available.',
  ),
  event(
    '(service api) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
  ),
  stopped(
    "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/api-task' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions.",
  ),
  stopped('Your Spot Task was interrupted.', 'SpotInterruption'),
  { kind: 'deployment', input: { reason: 'ECS deployment circuit breaker: tasks failed to start.' } },
  stopped('Scaling activity initiated by (deployment ecs-svc/1234567890123456789)', 'ServiceSchedulerInitiated'),
];
