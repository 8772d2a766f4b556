import { type Entry, the, when } from '../entry.ts';

const ROUTE =
  'Check the route of the subnet: a NAT gateway for a private subnet, a public IP and an internet gateway for a public one.';
const FIREWALL =
  'Check that the security group and the network ACL let 443 out and the answers in, and that the VPC resolves DNS.';
const RUNBOOK =
  'Run the Systems Manager runbook AWSSupport-TroubleshootECSTaskFailedToStart within an hour of the stop.';

export const network = {
  'network/aws-endpoint-unreachable': {
    title: 'AWS API unreachable',
    summary: (v) =>
      `The task got no answer from ${v.host ?? 'the AWS API that it needs to start'}${when(v.address, (address) => ` (${address})`)}.`,
    fix: (v) => [
      ROUTE,
      `Or add VPC endpoints with private DNS${when(v.host, (host) => ` for ${host}`)}: ecr.api, ecr.dkr, logs, secretsmanager and ssm as needed, and the S3 gateway, the one most often missing.`,
      FIREWALL,
      RUNBOOK,
    ],
    page: 'resource-initialization-error.html',
  },
  'network/registry-unreachable': {
    title: 'Registry unreachable',
    summary: (v) => `The registry ${v.host ?? 'host'} could not be reached while pulling ${the('image', v.image)}.`,
    fix: (v) => [
      ROUTE,
      `Check the host name in ${the('image', v.image)}, and that the VPC resolves it.`,
      'For ECR without internet: endpoints ecr.api and ecr.dkr and the S3 gateway endpoint, from which layers come.',
      FIREWALL,
      RUNBOOK,
    ],
    page: 'task_cannot_pull_image.html',
  },
  'network/subnet-ip-exhausted': {
    title: 'Subnet out of addresses',
    summary: (v) =>
      `${v.subnet === undefined ? 'The subnet' : `Subnet ${v.subnet}`} has no free address for the network interface of the task.`,
    fix: (v) => [
      `Look at the free addresses of ${the('subnet', v.subnet)} (\`aws ec2 describe-subnets\`).`,
      'Add subnets in other zones to the service, or move it to larger ones.',
      'Remove interfaces that nothing uses; a deployment needs addresses for old and new tasks at once.',
    ],
    page: 'failed-to-start-error.html',
  },
  'network/eni-provisioning-failed': {
    title: 'Network interface failed',
    summary: (v) =>
      `The network interface of the task could not be created or attached${when(v.subnet, (subnet) => ` in ${subnet}`)}.`,
    fix: () => [
      'If it happened once, nothing is left to do: ECS tries again, EC2 provisions interfaces asynchronously.',
      'If it repeats, check the quota of network interfaces, throttling of the EC2 API, and that subnet and security groups still exist.',
      'On EC2, check how many interfaces the instance type allows; ENI trunking raises it.',
    ],
    page: 'failed-to-start-error.html',
  },
} satisfies Readonly<Record<string, Entry>>;
