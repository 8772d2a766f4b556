import type { Harbour } from '../ecs/harbour.ts';
import type { Estate } from '../estate/estate.ts';
import { stackOperations } from './cloud-formation.ts';
import { codeDeployOperations } from './code-deploy.ts';
import { ec2Operations } from './ec2.ts';
import { ecrOperations } from './ecr.ts';
import { ecsOperations } from './ecs.ts';
import { ecsAccount } from './ecs-account.ts';
import { ecsWrites } from './ecs-writes.ts';
import { loadBalancingOperations } from './load-balancing.ts';
import { logsOperations } from './logs.ts';
import { metricOperations } from './metrics.ts';
import type { Operations } from './operation.ts';
import { quotaOperations } from './quotas.ts';
import { recorded } from './recorded.ts';
import { trailOperations } from './trail.ts';

/** Everything that one account and Region answers; `estate` has the services of the harbour among its own. */
export const placeOperations = (estate: Estate, harbour: Harbour): Operations => ({
  ...ecsOperations(estate, harbour),
  ...ecsAccount(harbour),
  ...recorded(ecsWrites(harbour, estate), harbour),
  ...logsOperations(estate),
  ...ecrOperations(harbour),
  ...loadBalancingOperations(harbour),
  ...metricOperations(harbour),
  ...trailOperations,
  ...ec2Operations(harbour),
  ...stackOperations(harbour),
  ...codeDeployOperations(harbour),
  ...quotaOperations(harbour),
});
