import type { Environment } from '../clients.ts';

interface Domains {
  /** What the names of its Regions begin with. */
  readonly prefix: string;
  readonly domain: string;
  /** Of endpoints with IPv6. */
  readonly dualStack: string;
}

/** As the SDK's own table of partitions, with which a test compares. */
const PARTITIONS: readonly Domains[] = [
  { prefix: 'cn-', domain: 'amazonaws.com.cn', dualStack: 'api.amazonwebservices.com.cn' },
  { prefix: 'eusc-', domain: 'amazonaws.eu', dualStack: 'api.amazonwebservices.eu' },
  { prefix: 'us-iso-', domain: 'c2s.ic.gov', dualStack: 'api.aws.ic.gov' },
  { prefix: 'us-isob-', domain: 'sc2s.sgov.gov', dualStack: 'api.aws.scloud' },
  { prefix: 'eu-isoe-', domain: 'cloud.adc-e.uk', dualStack: 'api.cloud-aws.adc-e.uk' },
  { prefix: 'us-isof-', domain: 'csp.hci.ic.gov', dualStack: 'api.aws.hci.ic.gov' },
];
/** And GovCloud. */
const COMMERCIAL: Omit<Domains, 'prefix'> = { domain: 'amazonaws.com', dualStack: 'api.aws' };

/**
 * Where DynamoDB is, as the SDK finds it from the same variables: `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL`,
 * `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT`. https://docs.aws.amazon.com/general/latest/gr/ddb.html
 */
export function tableEndpoint(region: string, environment: Environment): URL {
  const given = environment['AWS_ENDPOINT_URL_DYNAMODB'] || environment['AWS_ENDPOINT_URL'];
  if (given) return new URL(given);
  const isFips = environment['AWS_USE_FIPS_ENDPOINT'] === 'true';
  const isDualStack = environment['AWS_USE_DUALSTACK_ENDPOINT'] === 'true';
  const { domain, dualStack } = PARTITIONS.find(({ prefix }) => region.startsWith(prefix)) ?? COMMERCIAL;
  // All of GovCloud's endpoints are FIPS endpoints, under their ordinary names.
  const name = isFips && (isDualStack || !region.startsWith('us-gov-')) ? 'dynamodb-fips' : 'dynamodb';
  return new URL(`https://${name}.${region}.${isDualStack ? dualStack : domain}`);
}
