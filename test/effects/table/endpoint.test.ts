import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { tableEndpoint } from '../../../shared/effects/table/endpoint.ts';

const KEYS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

/** A Region of every partition that the SDK knows, and of GovCloud both. */
const REGIONS = [
  'eu-west-1',
  'us-east-1',
  'ap-southeast-7',
  'mx-central-1',
  'il-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'eusc-de-east-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'us-iso-east-1',
  'us-iso-west-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
];
const WAYS = REGIONS.flatMap((region) =>
  [false, true].flatMap((isFips) => [false, true].map((isDualStack) => ({ region, isFips, isDualStack }))),
);

describe('the endpoint of the table', () => {
  it.each(WAYS)("is the SDK's: $region, FIPS $isFips, dual stack $isDualStack", ({ region, isFips, isDualStack }) => {
    const { config } = new DynamoDBClient({ region, credentials: KEYS });
    const { url } = config.endpointProvider({ Region: region, UseFIPS: isFips, UseDualStack: isDualStack });
    const environment = {
      AWS_USE_FIPS_ENDPOINT: String(isFips),
      AWS_USE_DUALSTACK_ENDPOINT: String(isDualStack),
    };
    expect(tableEndpoint(region, environment).href).toBe(url.href);
  });

  it.each([
    [
      "DynamoDB's own before that of all services",
      { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' },
      'http://127.0.0.1:8000/',
    ],
    ['that of all services', { AWS_ENDPOINT_URL: 'https://vpce-1.example' }, 'https://vpce-1.example/'],
    [
      'none that is empty',
      { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_DYNAMODB: '' },
      'https://dynamodb.eu-west-1.amazonaws.com/',
    ],
  ])('is as the environment says: %s', (_, environment, expected) => {
    expect(tableEndpoint('eu-west-1', environment).href).toBe(expected);
  });
});
