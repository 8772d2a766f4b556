import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The program that fetches events and calls the handler: Lambda's own, or the sandbox's short one. */
export interface Runtime {
  readonly entry: string;
  /** One line for the reader. */
  readonly description: string;
}

/**
 * `aws-lambda-ric` is an optional dependency with a native client that needs a compiler to install, so a laptop may
 * lack either. The handlers run the same under both; only Lambda's own log formatting and error wording differ.
 */
export function chooseRuntime(): Runtime {
  const entry = officialEntry();
  if (entry !== undefined) return { entry, description: "Lambda's own runtime interface client (aws-lambda-ric)" };
  return {
    entry: fileURLToPath(new URL('runtime-loop.ts', import.meta.url)),
    description: "the sandbox's own runtime loop, because aws-lambda-ric has no native client here",
  };
}

export const ownRuntime = (): Runtime => ({
  entry: fileURLToPath(new URL('runtime-loop.ts', import.meta.url)),
  description: "the sandbox's own runtime loop",
});

function officialEntry(): string | undefined {
  try {
    const entry = import.meta.resolve('aws-lambda-ric');
    return existsSync(new URL('rapid-client.node', entry)) ? fileURLToPath(entry) : undefined;
  } catch {
    return undefined;
  }
}
