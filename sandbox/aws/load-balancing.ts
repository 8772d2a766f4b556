import { targetGroupAt } from '../ecs/describe-targets.ts';
import type { Harbour } from '../ecs/harbour.ts';
import { type TargetGroupDescription, targetGroupOf } from '../estate/target-groups.ts';
import { wordOf } from '../json-object.ts';
import { type Operations, refuse } from './operation.ts';
import { membersOf } from './query-protocol.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html */
export const loadBalancingOperations = (harbour: Harbour): Operations => ({
  'elasticloadbalancing:DescribeTargetGroups': (input) => {
    const described = groupAt(harbour, membersOf(input, 'TargetGroupArns.member')[0] ?? '');
    return described === undefined ? unknownGroup() : { TargetGroups: [described.group] };
  },
  'elasticloadbalancing:DescribeTargetHealth': ({ TargetGroupArn }) => {
    const described = groupAt(harbour, wordOf(TargetGroupArn));
    return described === undefined ? unknownGroup() : { TargetHealthDescriptions: described.targets };
  },
  'elasticloadbalancing:DescribeTargetGroupAttributes': ({ TargetGroupArn }) => {
    const described = groupAt(harbour, wordOf(TargetGroupArn));
    if (described === undefined) return unknownGroup();
    const delay = described.deregistrationDelay ?? USUAL_DELAY;
    return { Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: String(delay) }] };
  },
});

/** Seconds. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
const USUAL_DELAY = 300;

const groupAt = (
  harbour: Harbour,
  arn: string,
): (TargetGroupDescription & { readonly deregistrationDelay?: number }) | undefined =>
  targetGroupAt(harbour, arn) ?? targetGroupOf(arn);

const unknownGroup = () => refuse('TargetGroupNotFound', 'One or more target groups not found');
