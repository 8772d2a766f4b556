/** A pattern that EventBridge refuses to save. `path` leads to the place at fault, such as `detail.version[0].numeric`. */
export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path === '' ? 'the pattern' : path}: ${problem}`);
    this.path = path;
  }
}
