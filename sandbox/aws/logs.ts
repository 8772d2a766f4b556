import type { Estate } from '../estate/estate.ts';
import { type Operations, refuse } from './operation.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const logsOperations = (estate: Estate): Operations => ({
  'logs:GetLogEvents': ({ logGroupName, logGroupIdentifier, logStreamName, limit }) => {
    const group = String(logGroupName ?? logGroupIdentifier);
    const lines = estate.logLines(group, String(logStreamName));
    if (lines === undefined) return refuse('ResourceNotFoundException', 'The specified log stream does not exist.');
    const last = lines.slice(-Number(limit ?? 100));
    return {
      events: last.map((message, index) => ({ timestamp: index, ingestionTime: index, message })),
      nextForwardToken: 'f/sandbox',
      nextBackwardToken: 'b/sandbox',
    };
  },
});
