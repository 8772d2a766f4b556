import { createDeploymentLook } from '../../shared/effects/actions/deployment-look.ts';
import { createActionTaker } from '../../shared/effects/actions/take-action.ts';
import { clientSettings, createClients } from '../../shared/effects/clients.ts';
import { createAccessLook } from '../../shared/effects/places/access-look.ts';
import { reachPlaces } from '../../shared/effects/places/reach.ts';
import { createActionClients } from '../../shared/effects/plan-steps/action-clients.ts';
import { createStepExecutor } from '../../shared/effects/plan-steps/step-executor.ts';
import { createPlannedClients } from '../../shared/effects/planning-clients.ts';
import { createPolicySource } from '../../shared/effects/policy-source.ts';
import { createSituationReader } from '../../shared/effects/situation/situation-reader.ts';
import { createSsmWindows } from '../../shared/effects/ssm-windows.ts';
import { createActionStore } from '../../shared/effects/stores/action-store.ts';
import { createAuditStore } from '../../shared/effects/stores/audit-store.ts';
import { createLockStore } from '../../shared/effects/stores/lock-store.ts';
import { createPlanStore } from '../../shared/effects/stores/plan-store.ts';
import { createSsmWindowMemory } from '../../shared/effects/stores/ssm-window-memory.ts';
import { createTelling } from '../../shared/effects/telling.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import { readConfig } from './config.ts';
import { createHandler } from './handler.ts';
import { refuse, watchOnly } from './watch-only.ts';

// Once per cold start.
const config = readConfig(process.env);
const telemetry = createTelemetry('redeploy', systemClock);
const clients = createClients(config.region, process.env, systemClock);
const settings = clientSettings(config.region, process.env);
const way = { home: config.home, environment: process.env, clock: systemClock };
const clientsAt = reachPlaces({
  ...way,
  role: config.memberRole,
  own: createPlannedClients(settings),
  make: createPlannedClients,
});
const changing = reachPlaces({
  ...way,
  role: config.memberRedeployRole,
  takes: 'infra/member.yaml with Redeployments=yes',
  own: createActionClients(settings),
  make: createActionClients,
});
const table = { client: clients.table, tableName: config.tableName, clock: systemClock };
const locks = createLockStore(table);
const policies = createPolicySource({
  ...table,
  defaults: config.policy,
  parser: async () => (await import('../../shared/parse/configuration.ts')).parsePolicy,
});
const imported = createSsmWindows({
  ssm: clients.ssm,
  memory: createSsmWindowMemory(table),
  clock: systemClock,
  report: (because) => telemetry.logger.warn('a window of Systems Manager was not imported', { because }),
});
const executor = createStepExecutor({ locks, clientsAt: changing, clock: systemClock });

// Once a minute, and at once when somebody has asked for something.
export const handler = entrypoint<unknown, void>(
  createHandler({
    ...createTelling(config, clients, systemClock),
    ...telemetry,
    plans: createPlanStore(table),
    locks,
    reader: createSituationReader({ clientsAt, clock: systemClock }),
    ...(config.mayRedeploy && { accessTo: createAccessLook({ home: config.home, clientsAt: changing }) }),
    tz: process.versions.tz ?? '',
    take: config.mayRedeploy ? executor : refuse,
    actions: createActionStore(table),
    look: createDeploymentLook({ clientsAt }),
    act: config.mayRedeploy ? createActionTaker({ clientsAt: changing }) : refuse,
    audit: createAuditStore(table),
    maintenanceOf: ({ maintenance }) => imported.resolve(maintenance),
    policy: async () => {
      const { policy } = await policies.read();
      return config.mayRedeploy ? policy : watchOnly(policy);
    },
  }),
  telemetry,
);
