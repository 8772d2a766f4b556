import type { ContainerDefinition as ApiContainer, TaskDefinition } from '@aws-sdk/client-ecs';
import type { ContainerDefinition, TaskDefinitionFacts } from '../../domain/facts.ts';
import { present } from '../../domain/present.ts';

/** Hides what looks like a secret in a text. */
export type Redact = (text: string) => string;

/** Keeps what a diagnosis needs. Environment values, commands and secret options stay behind. */
export function taskDefinitionFacts(definition: TaskDefinition, redact: Redact): TaskDefinitionFacts {
  return present({
    family: definition.family ?? '',
    revision: definition.revision ?? 0,
    containers: (definition.containerDefinitions ?? []).map((container) => containerFacts(container, redact)),
    cpu: wholeNumber(definition.cpu),
    memory: wholeNumber(definition.memory),
    executionRoleArn: definition.executionRoleArn,
    taskRoleArn: definition.taskRoleArn,
    cpuArchitecture: definition.runtimePlatform?.cpuArchitecture,
    networkMode: definition.networkMode,
  });
}

function containerFacts(container: ApiContainer, redact: Redact): ContainerDefinition {
  const { logConfiguration, healthCheck } = container;
  return present({
    name: container.name ?? '',
    image: container.image ?? '',
    isEssential: container.essential ?? true,
    memory: container.memory,
    memoryReservation: container.memoryReservation,
    cpu: container.cpu,
    stopTimeout: container.stopTimeout,
    logDriver: logConfiguration?.logDriver,
    logOptions: awslogsOptions(logConfiguration?.options),
    healthCheckCommand: healthCheck?.command?.map(redact),
    containerPorts: (container.portMappings ?? []).flatMap(({ containerPort }) => containerPort ?? []),
    environmentNames: (container.environment ?? []).flatMap(({ name }) => name ?? []),
    secrets: (container.secrets ?? []).map(({ name, valueFrom }) => ({ name: name ?? '', valueFrom: valueFrom ?? '' })),
  });
}

/** Only those of awslogs: other drivers take tokens as plain options (`splunk-token`, a Fluent Bit `apikey`). */
const awslogsOptions = (options: Readonly<Record<string, string>> = {}): ContainerDefinition['logOptions'] =>
  Object.fromEntries(Object.entries(options).filter(([name]) => name.startsWith('awslogs-')));

/** CPU units or MiB, which the API gives as text. */
const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
