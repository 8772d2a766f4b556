import type { Harbour } from '../ecs/harbour.ts';
import { isAwsError, type Operation, type Operations } from './operation.ts';

/** The same operations, each of whose calls is noted down, refused ones too. */
export const recorded = (operations: Operations, harbour: Harbour): Operations =>
  Object.fromEntries(
    Object.entries(operations).map(([action, operation]): [string, Operation] => [
      action,
      (input) => {
        const result = operation(input);
        const refused = isAwsError(result) ? result.type : undefined;
        harbour.record({ action, input, at: harbour.now(), ...(refused !== undefined && { refused }) });
        return result;
      },
    ]),
  );
