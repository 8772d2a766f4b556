/** A template that CloudFormation would refuse, or that uses what this reader does not know. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
  }
}
