import type { OnRequest } from './database/database.ts';
import type { Entry } from './journal.ts';

/** What the functions have used since the sandbox started, for a bench or a test to compare. */
export interface Usage {
  /** By function; `milliseconds` in the function, INIT included, on this machine. `logBytes` without line ends. */
  readonly functions: Readonly<Record<string, FunctionUsage>>;
  /** By DynamoDB operation; units are estimated. */
  readonly database: Readonly<Record<string, OperationUsage>>;
  /** Requests by method, refused ones included. */
  readonly slack: Readonly<Record<string, number>>;
  /** Notifications that SNS took. */
  readonly notifications: number;
  /** Requests to SQS that AWS bills: sends by rules, and what the mappings receive and delete. */
  readonly queueRequests: number;
}

export interface FunctionUsage {
  readonly invocations: number;
  readonly milliseconds: number;
  /** MB, as the template says. */
  readonly memory: number;
  readonly logLines: number;
  readonly logBytes: number;
}

export interface OperationUsage {
  readonly requests: number;
  readonly throttled: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface UsageMeter {
  readonly read: () => Usage;
  readonly onBilled: (functionName: string, memory: number, milliseconds: number) => void;
  readonly onLine: (functionName: string, text: string) => void;
  readonly onDatabaseRequest: OnRequest;
  readonly onSlackCall: (method: string) => void;
  readonly onQueueRequest: () => void;
  readonly onEntry: (entry: Entry) => void;
}

const NO_FUNCTION: FunctionUsage = { invocations: 0, milliseconds: 0, memory: 0, logLines: 0, logBytes: 0 };
const NO_OPERATION: OperationUsage = { requests: 0, throttled: 0, readUnits: 0, writeUnits: 0 };

export function createUsageMeter(): UsageMeter {
  const functions = new Map<string, FunctionUsage>();
  const database = new Map<string, OperationUsage>();
  const slack = new Map<string, number>();
  let notifications = 0;
  let queueRequests = 0;
  return {
    read: () => ({
      functions: Object.fromEntries(functions),
      database: Object.fromEntries(database),
      slack: Object.fromEntries(slack),
      notifications,
      queueRequests,
    }),
    onBilled: (name, memory, milliseconds) => {
      const before = functions.get(name) ?? NO_FUNCTION;
      const { invocations, milliseconds: sum } = before;
      functions.set(name, { ...before, memory, invocations: invocations + 1, milliseconds: sum + milliseconds });
    },
    onLine: (name, text) => {
      const before = functions.get(name) ?? NO_FUNCTION;
      const { logLines, logBytes } = before;
      functions.set(name, { ...before, logLines: logLines + 1, logBytes: logBytes + Buffer.byteLength(text) });
    },
    onDatabaseRequest: ({ operation, isThrottled, units }) => {
      const before = database.get(operation) ?? NO_OPERATION;
      database.set(operation, {
        requests: before.requests + 1,
        throttled: before.throttled + Number(isThrottled),
        readUnits: before.readUnits + units.read,
        writeUnits: before.writeUnits + units.write,
      });
    },
    onSlackCall: (method) => void slack.set(method, (slack.get(method) ?? 0) + 1),
    onQueueRequest: () => {
      queueRequests += 1;
    },
    onEntry: ({ kind }) => {
      if (kind === 'notification') notifications += 1;
    },
  };
}
