import type { Gathered } from '../../shared/domain/facts.ts';
import type { Stack } from '../stack-read.ts';
import { type Finding, fail, notChecked, ok, unread, warn } from './finding.ts';

/** What every stack of template.yaml has. */
export const OUTPUTS = [
  'TopicArn',
  'TableName',
  'EcsEventsQueueUrl',
  'EcsEventsDeadLettersUrl',
  'UndeliveredUrl',
  'EcsEventsFunction',
  'RetirementNoticeFunction',
  'ReconcileFunction',
  'RedeployFunction',
] as const;

/** Whether the stack is there, settled and whole. */
export function checkStack(stack: Gathered<Stack>): readonly Finding[] {
  if (stack.status === 'missing') {
    return [
      stack.reason === 'not-found'
        ? fail('stack', stack.because, 'give the name and --region that it was deployed with')
        : unread('stack', stack),
    ];
  }
  return [checkStatus(stack.value), ...checkOutputs(stack.value)];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
function checkStatus({ name, status }: Stack): Finding {
  const seen = `${name} is ${status}`;
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok('stack', seen);
  if (status.endsWith('_IN_PROGRESS')) return warn('stack', seen, 'wait for it, and run this again');
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return warn('stack', `${seen}: the last update failed`, 'look at its events, mend the cause and deploy again');
  return fail('stack', seen, 'look at its events, mend the cause and deploy again');
}

function checkOutputs({ outputs }: Stack): readonly Finding[] {
  const missing = OUTPUTS.filter((name) => !outputs[name]);
  if (missing.length === 0) return [];
  return [
    fail(
      'stack',
      `it has no output ${missing.join(', ')}, so it is of another template or of an older one`,
      'deploy the template.yaml of this version',
    ),
  ];
}

/**
 * Whether each function may do what it has to. IAM alone can tell, and only to administrators; the policies come from the
 * template, so that only a boundary or a policy of the organisation can take something away.
 */
export const checkRoles = (stack: Gathered<Stack>): readonly Finding[] =>
  stack.status === 'missing'
    ? [notChecked('roles', 'without the stack, its roles are not known')]
    : [
        notChecked(
          'roles',
          'the policies of the functions are those of the template; permission boundaries and policies of the organisation are not read here',
          `list the roles with "aws cloudformation list-stack-resources --stack-name ${stack.value.name}", then ask "aws iam simulate-principal-policy --policy-source-arn ROLE-ARN --action-names ecs:DescribeServices ecs:DescribeTasks"`,
        ),
      ];
