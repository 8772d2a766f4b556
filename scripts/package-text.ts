/** INSTALL.txt of a package: the shortest way, for somebody who has nothing but the package. */
export const installText = (version: string): string => `Slackwater ${version}: installing this package

1. Check it:

     sha256sum --check --quiet SHA256SUMS

2. Copy it to a bucket in the Region of the stack, keeping the version as a folder:

${indented(copyCommand(version, '.'))}

3. Store Slack's credential, a bot token or the URL of an incoming webhook. No template ever sees it:

     aws ssm put-parameter --type SecureString --name /slackwater/slack --value 'xoxb-...'

4. Put your bucket and channel into parameters.example.json, and deploy:

${indented(deployCommand('.'))}

   The template is larger than the 51,200 bytes that CloudFormation takes in a request, so it goes by S3. Another folder
   or tool (the console, SAM, StackSets, Terraform): docs/install.md of the sources.

5. Look whether all is well, from the sources:

     npx slackwater doctor --stack slackwater

What is here

  template.yaml             the stack
  functions/*.zip           its code; names contain the hash of what they hold
  member.yaml               what another account or Region needs, to be watched from this one
  table-only.yaml           takes the table of a stack that was removed into a new one (docs/upgrade.md)
  parameters.example.json   parameters, for the AWS CLI
  samconfig.example.toml    the same for SAM, in the section "packaged"
  terraform.example.tf      the same for Terraform
  LICENSE, THIRD-PARTY-LICENSES
`;

/** Puts the package of `folder` where the template's default for CodePrefix looks for it. */
export const copyCommand = (version: string, folder: string): string =>
  `aws s3 cp --recursive ${folder} s3://YOUR-BUCKET/slackwater/${version}`;

/** For a new stack and for an update alike. */
export const deployCommand = (folder: string): string => `aws cloudformation deploy --stack-name slackwater \\
  --template-file ${folder}/template.yaml --s3-bucket YOUR-BUCKET --capabilities CAPABILITY_IAM \\
  --parameter-overrides file://${folder}/parameters.example.json`;

const indented = (text: string): string => text.replace(/^/gm, '     ');
