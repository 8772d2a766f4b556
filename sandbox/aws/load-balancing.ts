import { targetGroupOf } from '../estate/target-groups.ts';
import { wordOf } from '../json-object.ts';
import { type Operations, refuse } from './operation.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html */
export const loadBalancingOperations: Operations = {
  'elasticloadbalancing:DescribeTargetGroups': (input) => {
    // The query protocol numbers the members of a list.
    const described = targetGroupOf(wordOf(input['TargetGroupArns.member.1']));
    return described === undefined ? unknownGroup() : { TargetGroups: [described.group] };
  },
  'elasticloadbalancing:DescribeTargetHealth': ({ TargetGroupArn }) => {
    const described = targetGroupOf(wordOf(TargetGroupArn));
    return described === undefined ? unknownGroup() : { TargetHealthDescriptions: described.targets };
  },
};

const unknownGroup = () => refuse('TargetGroupNotFound', 'One or more target groups not found');
