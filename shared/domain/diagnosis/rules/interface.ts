import { type Area, always, both, either, matches, says } from '../rule.ts';

/** The task's network interface. */
export const networkInterface: Area = {
  applies: either(
    says(
      'network interface',
      'networkinterface',
      'netplugin',
      'network namespace',
      'containernetworkingerror',
      'cni plugin',
    ),
    says('freeaddressesinsubnet', 'free addresses', 'free ip address', 'available ip address'),
    matches(/\beni\b/),
  ),
  rules: [
    {
      cause: 'capacity/quota-exceeded',
      when: says('limitexceeded', 'limit exceeded', 'throttl', 'rate exceeded'),
      because: 'A quota or the request rate of EC2 was exceeded.',
      example: 'Unexpected EC2 error while attempting to Create Network Interface: NetworkInterfaceLimitExceeded',
    },
    {
      cause: 'network/subnet-ip-exhausted',
      when: matches(/create network interface with public ip assignment enabled in subnet '?[^':]*'?\.?$/),
      confidence: 'likely',
      because: 'AWS documents this sentence, without an EC2 error after it, for a subnet without addresses.',
      example:
        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-0a1b2c3d'",
    },
    {
      cause: 'network/eni-provisioning-failed',
      when: either(
        says(
          'timeout waiting for network interface',
          'unused device index',
          'failed to configure eni',
          'setup regular eni',
        ),
        both(says('eni', 'network interface'), says('timed out', 'timeout')),
      ),
      because: 'EC2 or the agent did not create, attach or configure the interface.',
      example: 'Timeout waiting for network interface provisioning to complete.',
    },
    {
      cause: 'network/eni-provisioning-failed',
      when: always,
      confidence: 'unclear',
      because: 'The interface is at fault; the text says no more.',
      example: 'Unexpected EC2 error while attempting to attach network interface to instance',
    },
  ],
};
