/**
 * Checks our templates, or the one that is named as an argument, in every combination that matters: AWS's offline
 * validator, then the checks it does not have. Prints each finding once, and each reason to accept one; exits 1 for an
 * error, and for a warning that is not accepted below.
 */
import { RegoEngine, type StandardDiagnostic, TemplateFile } from '@aws/cloudformation-validate';
import { loadTemplate, type Pseudo, type Template } from '../sandbox/eventbridge/template.ts';
import { TEMPLATE_CHECKS } from './template-checks.ts';
import { deployed, PLACES, variantsOf } from './template-variants.ts';

const FILES = process.argv.length > 2 ? process.argv.slice(2) : ['template.yaml', 'infra/member.yaml'];

/** Findings that are wrong or meant here, with the reason. */
const ACCEPTED: readonly { readonly rule: string; readonly text?: RegExp; readonly reason: string }[] = [
  { rule: 'W1001', reason: 'each branch of the output names a resource of just its own condition' },
  { rule: 'W2509', reason: 'the ARN of a secret is not a secret' },
  {
    rule: 'W3002',
    reason: 'Code is a local folder on purpose: `sam deploy` and `aws cloudformation package` upload it',
  },
  { rule: 'W1028', reason: 'unreachable in this combination alone' },
  // The validator holds the value of a parameter against the branch of Fn::If that the same value rules out.
  ...['F3031', 'F3033', 'E1150'].map((rule) => ({
    rule,
    text: /^(?:'' does not match |length 0 is below minimum )/,
    reason: 'an empty parameter takes the other branch',
  })),
];

/** A finding, or the reason why it is accepted. */
interface Finding {
  readonly text: string;
  readonly isFailure: boolean;
}

const engine = new RegoEngine();
for (const file of FILES) report(file);
engine.free();

function report(file: string): void {
  const template = loadTemplate(file);
  const combinations = Object.values(PLACES).flatMap((place) =>
    Object.values(variantsOf(template, place)).map((parameters) => ({ parameters, place })),
  );
  const findings = combinations.flatMap(({ parameters, place }) => [
    ...validatorFindings(file, parameters, place),
    ...ownFindings(file, template, parameters, place),
  ]);
  const distinct = [...new Map(findings.map((finding) => [finding.text, finding])).values()];
  for (const { text } of distinct) console.log(text);

  const failures = distinct.filter((finding) => finding.isFailure).length;
  console.log(`${file}: ${combinations.length} combinations, ${failures} failures`);
  if (failures > 0) process.exitCode = 1;
}

function validatorFindings(
  file: string,
  parameters: Readonly<Record<string, string>>,
  place: Pseudo,
): readonly Finding[] {
  const answer = engine.validateStandard(new TemplateFile(file), {
    severityLevel: 'WARN',
    parameterOverrides: parameters,
    pseudoParameterOverrides: place,
  });
  if (answer.status !== 'OK') return [failure('ERROR', `${file}: the validator answered ${answer.status}`)];
  return answer.diagnostics.map((diagnostic) => findingOf(file, diagnostic));
}

function findingOf(file: string, { severity, ruleId, message, startLine, entity }: StandardDiagnostic): Finding {
  const accepted = ACCEPTED.find(({ rule, text: wanted }) => rule === ruleId && (wanted?.test(message) ?? true));
  return accepted === undefined
    ? failure(severity, `${file}:${startLine} ${entity?.logicalId ?? ''} ${ruleId}: ${message}`)
    : { text: `OK    ${file} ${ruleId}: ${accepted.reason}`, isFailure: false };
}

function ownFindings(
  file: string,
  template: Template,
  parameters: Readonly<Record<string, string>>,
  place: Pseudo,
): readonly Finding[] {
  const resolved = deployed(template, parameters, place);
  return TEMPLATE_CHECKS.flatMap((check) => check(resolved)).map((text) => failure('ERROR', `${file}: ${text}`));
}

function failure(severity: string, text: string): Finding {
  return { text: `${severity.padEnd(5)} ${text}`, isFailure: true };
}
