/** A target group and its targets, as the load balancing API tells of them. */
export interface TargetGroupDescription {
  readonly group: Readonly<Record<string, unknown>>;
  readonly targets: readonly object[];
}

interface Sketch {
  /** Status of the answers to the health check that the unhealthy targets give. */
  readonly answers: string;
  readonly path: string;
  readonly port: number;
  readonly healthy: readonly string[];
  readonly unhealthy: readonly string[];
}

const SKETCHES: Readonly<Record<string, Sketch>> = {
  'harbor-checkout': {
    answers: '503',
    path: '/healthz',
    port: 8080,
    healthy: ['10.40.1.12'],
    unhealthy: ['10.40.2.87', '10.40.3.41'],
  },
  'harbor-web': {
    answers: '502',
    path: '/',
    port: 3000,
    healthy: ['10.40.1.33', '10.40.2.20'],
    unhealthy: ['10.40.3.9'],
  },
};

/** By ARN, whatever its last part; `undefined` for a group of another name. */
export function targetGroupOf(arn: string): TargetGroupDescription | undefined {
  const name = arn.split('/').at(-2) ?? '';
  const sketch = Object.hasOwn(SKETCHES, name) ? SKETCHES[name] : undefined;
  return sketch && { group: groupOf(arn, name, sketch), targets: targetsOf(sketch) };
}

const groupOf = (arn: string, name: string, { port, path }: Sketch) => ({
  TargetGroupArn: arn,
  TargetGroupName: name,
  Protocol: 'HTTP',
  Port: port,
  TargetType: 'ip',
  HealthCheckEnabled: true,
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: 'traffic-port',
  HealthCheckPath: path,
  HealthCheckIntervalSeconds: 15,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 3,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: '200-299' },
});

const targetsOf = ({ answers, port, healthy, unhealthy }: Sketch): readonly object[] => [
  ...healthy.map((Id) => ({ Target: { Id, Port: port }, TargetHealth: { State: 'healthy' } })),
  ...unhealthy.map((Id) => ({
    Target: { Id, Port: port },
    TargetHealth: {
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: `Health checks failed with these codes: [${answers}]`,
    },
  })),
];
