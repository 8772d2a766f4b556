import type { Harbour } from '../ecs/harbour.ts';
import { type Operations, refuse } from './operation.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const ON_DEMAND_VCPU = 'L-3032A538';

/** The one quota that a redeployment meets. */
export const quotaOperations = (harbour: Harbour): Operations => ({
  'servicequotas:GetServiceQuota': ({ ServiceCode, QuotaCode }) =>
    ServiceCode === 'fargate' && QuotaCode === ON_DEMAND_VCPU
      ? {
          Quota: {
            ServiceCode,
            QuotaCode,
            QuotaName: 'Fargate On-Demand vCPU resource count',
            Value: harbour.account().vcpuQuota,
            Unit: 'None',
            Adjustable: true,
            UsageMetric: {
              MetricNamespace: 'AWS/Usage',
              MetricName: 'ResourceCount',
              MetricDimensions: { Service: 'Fargate', Type: 'Resource', Resource: 'vCPU', Class: 'Standard/OnDemand' },
              MetricStatisticRecommendation: 'Maximum',
            },
          },
        }
      : refuse('NoSuchResourceException', `no quota ${String(ServiceCode)} ${String(QuotaCode)}`),
});
