import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionSpec } from './environment.ts';
import { createFunction, type FunctionDeps, type LambdaFunction } from './lambda-function.ts';

/** All functions of the stack. */
export interface Fleet extends AsyncDisposable {
  readonly names: readonly string[];
  /** By name or ARN. @throws for one that is not of the stack. */
  readonly find: (nameOrArn: string) => LambdaFunction;
}

/** @throws when a bundle is missing. `depsOf` says how each function runs. */
export function createFleet(specs: readonly FunctionSpec[], depsOf: (spec: FunctionSpec) => FunctionDeps): Fleet {
  const missing = specs.map(({ taskRoot }) => join(taskRoot, 'index.mjs')).filter((bundle) => !existsSync(bundle));
  if (missing.length > 0) throw new Error(`not built: ${missing.join(', ')}; run "npm run build" first`);
  const functions = specs.map((spec) => ({ arn: spec.arn, lambda: createFunction(spec, depsOf(spec)) }));
  return {
    names: specs.map(({ name }) => name),
    find: (nameOrArn) => {
      const found = functions.find(({ arn, lambda }) => arn === nameOrArn || lambda.name === nameOrArn);
      if (found === undefined) throw new Error(`there is no function ${nameOrArn}`);
      return found.lambda;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(functions.map(({ lambda }) => lambda[Symbol.asyncDispose]()));
    },
  };
}
