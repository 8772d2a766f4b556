/** The environment is not usable. Names every variable at fault with the value it wanted, and never a value it had. */
export class ConfigurationError extends Error {
  readonly code = 'configuration';
  readonly retryable = false;

  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the environment is not usable: ${problems.join('; ')}`);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables and collects every problem, so that an operator mends them in one go. */
export class EnvironmentReader {
  readonly #environment: Environment;
  readonly #problems: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The value, or '' and a problem when it is absent or empty. */
  required(name: string, wanted: string): string {
    const value = this.optional(name);
    if (value === undefined) this.#problems.push(`${name} is missing, expected ${wanted}`);
    return value ?? '';
  }

  /** An empty value is an absent one: CloudFormation cannot leave a variable out without a condition. */
  optional(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  optionalMatching(name: string, pattern: RegExp, wanted: string): string | undefined {
    const value = this.optional(name);
    if (value === undefined || pattern.test(value)) return value;
    this.#problems.push(`${name} is not ${wanted}`);
    return undefined;
  }

  oneOf<const Choice extends string>(name: string, choices: readonly Choice[], standard: Choice): Choice {
    const value = this.optional(name);
    const choice = choices.find((candidate) => candidate === value);
    if (value !== undefined && choice === undefined) this.#problems.push(`${name} is not one of ${choices.join(', ')}`);
    return choice ?? standard;
  }

  /** The finished configuration, frozen; throws when there was any problem. */
  finish<Configuration extends object>(configuration: Configuration): Readonly<Configuration> {
    if (this.#problems.length > 0) throw new ConfigurationError(this.#problems);
    return Object.freeze(configuration);
  }
}
