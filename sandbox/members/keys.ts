import type { Caller } from '../aws/caller.ts';
import type { AwsError } from '../aws/faults.ts';
import { COMPANY } from '../estate/company.ts';
import { wordOf } from '../json-object.ts';
import type { MemberRole, MemberSpec } from './place.ts';

/** Whose keys a caller has; the functions' own where STS did not hand them out. */
export interface Identity {
  readonly account: string;
  /** `home`: the role of a function. */
  readonly role: MemberRole | 'home';
}

const KEY_ID = /^ASIA(\d{12})(READ|REDEPLOY)$/;

/** From keys of the sandbox's STS the account and the role can be told. */
export function identityOf({ keyId }: Caller): Identity {
  const [, account, role] = KEY_ID.exec(keyId) ?? [];
  if (account === undefined) return { account: COMPANY.account, role: 'home' };
  return { account, role: role === 'READ' ? 'read' : 'redeploy' };
}

const HOUR = 3_600_000;

/** Hands out keys for a role that is deployed. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function assumeRole(
  input: Readonly<Record<string, unknown>>,
  { members, now, by }: { readonly members: readonly MemberSpec[]; readonly now: number; readonly by: Identity },
): object | AwsError {
  const arn = wordOf(input['RoleArn']);
  const [, account = '', name = ''] = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  const role: MemberRole = name.endsWith('-redeploy') ? 'redeploy' : 'read';
  const isThere = members.some((member) => member.account === account && (member.roles ?? [role]).includes(role));
  if (by.role !== 'home' || !isThere) return notAuthorized(by, 'sts:AssumeRole', arn);
  return {
    Credentials: {
      AccessKeyId: `ASIA${account}${role.toUpperCase()}`,
      SecretAccessKey: 'sandbox',
      SessionToken: 'sandbox',
      Expiration: new Date(now + HOUR).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `AROASANDBOX:${wordOf(input['RoleSessionName'])}`,
      Arn: `arn:aws:sts::${account}:assumed-role/${name}/${wordOf(input['RoleSessionName'])}`,
    },
  };
}

/** In the words of AWS. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export const notAuthorized = ({ account, role }: Identity, action: string, resource: string): AwsError => ({
  status: 403,
  type: action.startsWith('sts:') ? 'AccessDenied' : 'AccessDeniedException',
  message: `User: arn:aws:sts::${account}:assumed-role/${role}/slackwater is not authorized to perform: ${action} on resource: ${resource}`,
});
