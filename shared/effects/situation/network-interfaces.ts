import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { found, type Gathered } from '../../domain/facts.ts';
import type { Question } from '../gathered.ts';
import { type Answers, askInBatches } from './answers.ts';
import type { Reading } from './ask.ts';

/** Values of one filter: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const INTERFACES_AT_ONCE = 200;

/** By id. By a filter, because an id that is gone fails a list of ids whole. */
export const describeInterfaces = (
  ids: readonly string[],
  { clients, ask }: Reading,
): Promise<Answers<NetworkInterface>> =>
  askInBatches(ids, { keyOf: (id) => id, size: INTERFACES_AT_ONCE }, (batch) => {
    const question: Question = {
      action: 'ec2:DescribeNetworkInterfaces',
      notFound: 'the network interfaces do not exist any more',
    };
    return ask(question, async (abortSignal) => {
      const { DescribeNetworkInterfacesCommand } = await import('@aws-sdk/client-ec2');
      const client = await clients.ec2();
      const interfaces = new Map<string, Gathered<NetworkInterface>>();
      let next: string | undefined;
      do {
        const command = new DescribeNetworkInterfacesCommand({
          Filters: [{ Name: 'network-interface-id', Values: [...batch] }],
          ...(next !== undefined && { NextToken: next }),
        });
        const { NetworkInterfaces = [], NextToken } = await client.send(command, { abortSignal });
        for (const one of NetworkInterfaces) interfaces.set(one.NetworkInterfaceId ?? '', found(one));
        next = NextToken;
      } while (next !== undefined);
      return found(interfaces);
    });
  });
