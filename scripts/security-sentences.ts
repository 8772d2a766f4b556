/** Why a statement is there, and why its resources have a wildcard where they have one. By Sid, for both templates. */
export interface Sentence {
  readonly why: string;
  /** Only with a `*` in the resources of an Allow. */
  readonly wide?: string;
  /** No call of the function: AWS does it with the function's role. */
  readonly isByAws?: boolean;
}

const NO_RESOURCE = 'IAM knows no resource for it';
const FOREIGN_IMAGES =
  'an image may be in the registry of another account or Region, whose repository policy decides as well';

export const SENTENCES: Readonly<Record<string, Sentence>> = {
  // What is Slackwater's own.
  Announcements: { why: 'publishes to its topic' },
  Due: { why: 'asks the index for what is due, and for nothing else' },
  EveryMinute: { why: 'starts the two functions that look around every minute' },
  FailedNotices: { why: 'Lambda keeps a notice that failed three times', isByAws: true },
  FurtherTopics: { why: 'publishes to the topics that the configuration document routes to' },
  MissedRuns: { why: 'Scheduler keeps a run that could not be started', isByAws: true },
  OwnLogs: { why: "Lambda writes the function's log as the function", wide: 'all streams of one group', isByAws: true },
  OwnQueue: { why: 'the event source mapping polls the queue as the function', isByAws: true },
  Records: { why: 'reads and saves what it keeps: incidents, notices, plans, locks' },
  Redeploy: { why: 'wakes the function that carries out what somebody asked for' },
  Traces: { why: 'Lambda writes traces as the function', wide: NO_RESOURCE, isByAws: true },
  SeenRequests: { why: 'writes down that a request was seen, in this one partition of the table' },
  Worker: { why: 'hands a verified request on' },

  // The credential of Slack.
  Key: { why: 'decrypts the credential, if it has a key of its own', isByAws: true },
  Parameter: { why: 'reads the bot token or the webhook, when SSM keeps it' },
  Secret: { why: 'reads the bot token or the webhook, when Secrets Manager keeps it' },
  SigningSecret: { why: 'reads the signing secret, when Secrets Manager keeps it' },
  SigningSecretParameter: { why: 'reads the signing secret, when SSM keeps it' },

  // Reads of ECS and around it.
  Actors: {
    why: 'asks who started a deployment or stopped a task',
    wide: `${NO_RESOURCE}: it shows every recorded call`,
  },
  ChangeCalendars: {
    why: 'asks whether a change calendar keeps a window shut',
    wide: 'a calendar may be shared by another account',
  },
  Clusters: { why: 'lists clusters for the sweep', wide: NO_RESOURCE },
  CodeDeployments: {
    why: 'looks whether CodeDeploy deploys a service, and how it did last',
    wide: 'any deployment group of the account may deploy a service',
  },
  ContainerLogs: {
    why: 'quotes the last lines of the container that failed',
    wide: 'group and Region of a log are known only when a container fails',
  },
  DeploymentsAndRevisions: {
    why: 'finds what a failed deployment changed',
    wide: 'a deployment of any service of the account may fail',
  },
  DeploymentsWithHooks: {
    why: 'looks whether a hook still waits for somebody',
    wide: 'a deployment of any service of the account may wait',
  },
  HealthAndRoom: {
    why: 'preflight: alarms, targets, quota, addresses left, event windows; memory before a kill',
    wide: NO_RESOURCE,
  },
  Images: { why: 'looks whether the image exists, its newest tag and its platforms; no layer', wide: FOREIGN_IMAGES },
  ImportedSchedules: { why: 'reads the schedule of an imported maintenance window', wide: NO_RESOURCE },
  ImportedWindows: {
    why: 'reads the maintenance windows that the configuration imports',
    wide: 'the configuration document names them',
  },
  OwningStacks: {
    why: 'looks whether the stack of a service is being updated',
    wide: 'any stack of the account may own a service',
  },
  PlannedImages: { why: 'preflight: does the image still exist, was its tag moved', wide: FOREIGN_IMAGES },
  PlannedServices: {
    why: 'looks at services and tasks before, while and after they are replaced',
    wide: 'a retirement may concern any service of the account',
  },
  ServicesAndTasks: { why: 'reads what an event is about', wide: 'any service of the account may fail' },
  ServicesOfClusters: {
    why: 'lists services for the sweep',
    wide: `${NO_RESOURCE}; a condition limits it to clusters of the account`,
  },
  SweptServices: { why: 'looks for what events never say', wide: 'a sweep asks for every service of the account' },
  TargetGroups: { why: 'reads what the health check of a target group asks', wide: NO_RESOURCE },
  TargetsAndMetrics: { why: 'reads why targets are unhealthy, and the memory before a kill', wide: NO_RESOURCE },
  TaskDefinitions: {
    why: 'reads which containers are essential, their limits, images and log groups',
    wide: `${NO_RESOURCE}: it shows the plain environment variables of every task definition`,
  },
  TaskDefinitionsAndSettings: {
    why: 'reads task definitions, the settings of the account, and the cluster of a task without one',
    wide: `${NO_RESOURCE}: it shows the plain environment variables of every task definition`,
  },
  TasksOfClusters: {
    why: 'finds the running tasks of a service',
    wide: `${NO_RESOURCE}; a condition limits it to clusters of the account`,
  },

  // Writes.
  Redeployments: {
    why: 'forces deployments, stops and continues them, stops standalone tasks: all that is ever changed in ECS',
    wide: 'any service of the account may be planned for; windows select them, and somebody approves',
  },
  RedeploymentsByCodeDeploy: {
    why: 'the same for services that CodeDeploy deploys; it asks for the last three reads itself',
    wide: 'any deployment group of the account may deploy a service',
  },
  Relaunches: {
    why: 'starts a standalone task again',
    wide: 'any task that asks for it by its tag',
  },
  RolesOfTasks: {
    why: 'RunTask hands the roles of the task over',
    wide: 'the roles of such a task; a condition limits them to tasks of ECS',
  },

  // Other accounts and Regions.
  AccountsOfTheOrganisation: { why: 'the rules of other accounts and Regions send to the bus' },
  FunctionThatMayChangeEcs: { why: 'the one function of the hub that may change ECS takes the role' },
  FunctionsOfTheHub: { why: 'the four functions of the hub that read take the role' },
  Hub: { why: 'sends what the rules let through to the hub' },
  MemberRedeployRoles: {
    why: 'takes the role that may replace tasks, where an account created it',
    wide: 'any account of the organisation; the role there decides who takes it and what it may',
  },
  MemberRoles: {
    why: 'takes the role that reads in another account or Region',
    wide: 'any account of the organisation; the role there decides who takes it and what it may',
  },

  // A key, a VPC.
  KeyOfOwnQueue: { why: 'Lambda decrypts what it polls as the function', isByAws: true },
  KeyOfTable: { why: 'DynamoDB uses the key as the function', isByAws: true },
  KeyOfTopic: { why: 'SNS encrypts what the function publishes', isByAws: true },
  KeyOfUndelivered: { why: 'SQS encrypts what is kept', isByAws: true },
  NetworkInterfaces: {
    why: 'Lambda attaches the function to the VPC as the function',
    wide: NO_RESOURCE,
    isByAws: true,
  },
  NetworkInterfacesByLambdaAlone: { why: 'denies the same to the code of the function', isByAws: true },

  // Who may send to what is here.
  AlarmsOfThisAccount: { why: 'alarms publish to the topic' },
  OnlyEncryptedTransport: { why: 'denies everybody what does not come by TLS' },
  RulesOfThisStack: { why: 'exactly the rules whose target or dead-letter queue it is' },
};

/** The sentence of a statement. Throws for one that nobody wrote. */
export function sentenceOf(sid: string): Sentence {
  const sentence = SENTENCES[sid];
  if (sentence === undefined) throw new Error(`scripts/security-sentences.ts has no sentence for ${sid}`);
  return sentence;
}
