/** Keys of the zips below CodePrefix, by the name of the function: `0.1.0/functions/reconcile.0123456789abcdef.zip`. */
export type CodeKeys = Readonly<Record<string, string>>;

const CODE = /^( +)Code: dist\/functions\/([a-z-]+)$/gm;

const GROUP = `
      - Label: { default: Code }
        Parameters:
          - CodeBucket
          - CodePrefix`;

const LABELS = `
      CodeBucket: { default: Bucket of the code }
      CodePrefix: { default: Folder of the code }`;

const PARAMETERS = `
  CodeBucket:
    Type: String
    Description: >-
      Name of the S3 bucket that the package was copied to. It has to be in the Region of the stack: Lambda takes code from
      no other.
    AllowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$'
    ConstraintDescription: must be the name of a bucket, without s3://
  CodePrefix:
    Type: String
    Default: slackwater
    Description: >-
      Folder of the bucket that holds a folder for each version. The same for every version, because an update keeps the
      values of parameters.
    AllowedPattern: '^[A-Za-z0-9!_.*()-]+(/[A-Za-z0-9!_.*()-]+)*$'
    ConstraintDescription: must be a folder without a slash at its ends, such as slackwater or tools/slackwater`;

/**
 * The template with its code in S3, for tools that upload nothing; all else stays as it was written, comments too. Keys
 * contain the hash of what they hold: an update replaces the code that changed and touches no other. Throws when the
 * template is not as expected, or a function has no zip.
 */
export function packagedTemplate(source: string, keys: CodeKeys): string {
  const withCode = source.replace(CODE, (_, indent: string, name: string) => {
    const key = keys[name];
    if (key === undefined) throw new Error(`template.yaml names the function ${name}, of which there is no zip`);
    return `${indent}Code:\n${indent}  S3Bucket: !Ref CodeBucket\n${indent}  S3Key: !Sub '\${CodePrefix}/${key}'`;
  });
  if (/dist\/functions/.test(withCode))
    throw new Error('template.yaml names local code in a way that is not known here');
  const additions = { '    ParameterGroups:': GROUP, '    ParameterLabels:': LABELS, 'Parameters:': PARAMETERS };
  return Object.entries(additions).reduce((template, [line, text]) => insertedAfter(template, line, text), withCode);
}

function insertedAfter(template: string, line: string, text: string): string {
  const parts = template.split(`\n${line}\n`);
  if (parts.length !== 2)
    throw new Error(`template.yaml has the line "${line}" ${parts.length - 1} times instead of once`);
  return parts.join(`\n${line}${text}\n`);
}

const RESOURCES = '\nResources:\n';

/**
 * The template with the table as its only resource, and with all parameters: by it CloudFormation takes a table that
 * outlived its stack into a new one, because an import may create nothing else.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import.html
 */
export function tableTemplate(template: string): string {
  const [head = '', resources = ''] = template.split(RESOURCES);
  const table = /^ {2}Table:\n(?: {4}.*\n)+/m.exec(resources)?.[0];
  if (table === undefined) throw new Error('template.yaml has no resource Table');
  return `${head}${RESOURCES}  # Only what an import takes; docs/upgrade.md says how the rest follows.\n${table}`;
}
