import type { Harbour } from '../ecs/harbour.ts';
import { COMPANY } from '../estate/company.ts';
import { wordOf } from '../json-object.ts';
import type { DescribedStack } from '../stack/described.ts';
import { type Operations, refuse } from './operation.ts';

/** By name or ARN. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export const stackOperations = (harbour: Harbour, deployed: readonly DescribedStack[] = []): Operations => ({
  'cloudformation:DescribeStacks': ({ StackName }) => {
    const asked = wordOf(StackName);
    const name = /:stack\/([^/]+)/.exec(asked)?.[1] ?? asked;
    const own = deployed.find(({ StackName: its }) => its === name);
    if (own !== undefined) return { Stacks: [own] };
    const { stacks } = harbour.account();
    return Object.hasOwn(stacks, name)
      ? {
          Stacks: [
            {
              StackName: name,
              StackId: `arn:${COMPANY.partition}:cloudformation:${COMPANY.region}:${COMPANY.account}:stack/${name}/5f6a7b8c`,
              StackStatus: stacks[name],
              CreationTime: '2026-01-05T00:00:00Z',
            },
          ],
        }
      : refuse('ValidationError', `Stack with id ${asked} does not exist`);
  },
});
