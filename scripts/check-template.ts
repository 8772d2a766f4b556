/**
 * Checks template.yaml in every combination that matters: AWS's offline validator, then the checks it does not have.
 * Prints each finding once; exits 1 for an error, and for a warning that is not accepted below.
 */
import { RegoEngine, type StandardDiagnostic, TemplateFile } from '@aws/cloudformation-validate';
import { loadTemplate, type Pseudo } from '../sandbox/eventbridge/template.ts';
import { TEMPLATE_CHECKS } from './template-checks.ts';
import { deployed, PLACES, VARIANTS } from './template-variants.ts';

const FILE = 'template.yaml';

/** Warnings that are wrong or meant here, with the reason. */
const ACCEPTED: Readonly<Record<string, string>> = {
  W1001: 'each branch of the output names a resource of just its own condition',
  W3002: 'Code is a local folder on purpose: `sam deploy` and `aws cloudformation package` upload it',
  W2509: 'the ARN of a secret is not a secret',
};

interface Finding {
  readonly severity: string;
  readonly text: string;
  readonly isFailure: boolean;
}

const engine = new RegoEngine();
const findings = Object.values(VARIANTS).flatMap((parameters) =>
  Object.values(PLACES).flatMap((place) => [
    ...validatorFindings(parameters, place),
    ...ownFindings(parameters, place),
  ]),
);
engine.free();
const distinct = [...new Map(findings.map((finding) => [finding.text, finding])).values()];
for (const { severity, text } of distinct) console.log(`${severity.padEnd(5)} ${text}`);

const failures = distinct.filter((finding) => finding.isFailure).length;
const combinations = Object.keys(VARIANTS).length * Object.keys(PLACES).length;
console.log(
  `${FILE}: ${combinations} combinations, ${failures} failures, ${distinct.length - failures} accepted warnings`,
);
if (failures > 0) process.exitCode = 1;

function validatorFindings(parameters: Readonly<Record<string, string>>, place: Pseudo): readonly Finding[] {
  const report = engine.validateStandard(new TemplateFile(FILE), {
    severityLevel: 'WARN',
    parameterOverrides: parameters,
    pseudoParameterOverrides: place,
  });
  if (report.status !== 'OK') return [failure('ERROR', `${FILE}: the validator answered ${report.status}`)];
  return report.diagnostics.map(findingOf);
}

function findingOf(diagnostic: StandardDiagnostic): Finding {
  const { severity, ruleId, message, startLine, entity } = diagnostic;
  const text = `${FILE}:${startLine} ${entity?.logicalId ?? ''} ${ruleId}: ${message}`;
  const reason = severity === 'WARN' ? ACCEPTED[ruleId] : undefined;
  return reason === undefined ? failure(severity, text) : { severity, text: `${text} (${reason})`, isFailure: false };
}

function ownFindings(parameters: Readonly<Record<string, string>>, place: Pseudo): readonly Finding[] {
  const template = deployed(loadTemplate(FILE), parameters, place);
  return TEMPLATE_CHECKS.flatMap((check) => check(template)).map((text) => failure('ERROR', text));
}

function failure(severity: string, text: string): Finding {
  return { severity, text, isFailure: true };
}
