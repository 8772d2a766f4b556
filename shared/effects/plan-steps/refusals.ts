/** What an error means for a step, and what somebody can do about it. */
export interface Refusal {
  /** Matched with `ACTION ERROR REASON`: `ecs:StopTask AccessDeniedException denied`. */
  readonly error: RegExp;
  /** Where the same error has several meanings. */
  readonly text?: RegExp;
  /**
   * `refused`: it was not done, and asking again is of no use before somebody changes something. `later`: it was not done,
   * asking again may help. `over`: there is nothing to do any more.
   */
  readonly means: 'refused' | 'later' | 'over';
  readonly says: string;
}

/**
 * The first that fits. What fits none is refused if AWS answered with a 4xx; otherwise it is not known whether it was done.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html#API_UpdateService_Errors
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html#API_ContinueServiceDeployment_Errors
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html#API_CreateDeployment_Errors
 */
export const REFUSALS: readonly Refusal[] = [
  {
    error: /^ecs:RunTask .* denied$/,
    means: 'refused',
    says: 'Slackwater may not. It takes ecs:RunTask, ecs:TagResource and iam:PassRole for the roles of the task.',
  },
  {
    error: / denied$/,
    means: 'refused',
    says: 'Slackwater may not. Allow it to the role of the function, and see whether a policy above it denies it.',
  },
  {
    error: / throttled$/,
    means: 'later',
    says: 'AWS was asked too often, by this or by others. It was not done.',
  },
  {
    error: / ServiceNotFoundException /,
    means: 'refused',
    says: 'ECS has no such service. It was deleted, or made anew under another name.',
  },
  {
    error: / ServiceNotActiveException /,
    means: 'refused',
    says: 'The service is being deleted.',
  },
  {
    error: / ClusterNotFoundException /,
    means: 'refused',
    says: 'ECS has no such cluster in this account and Region.',
  },
  {
    error: / PlatformUnknownException /,
    means: 'refused',
    says: 'ECS does not know its platform version. Set it to LATEST.',
  },
  {
    error: / PlatformTaskDefinitionIncompatibilityException /,
    means: 'refused',
    says: 'Its task definition asks for what its platform version does not have. Change one of the two.',
  },
  {
    error: / UnsupportedFeatureException /,
    means: 'refused',
    says: 'It uses what ECS does not have in this Region.',
  },
  {
    error: / NamespaceNotFoundException /,
    means: 'refused',
    says: 'Its Service Connect namespace is gone. Make it again, or take it out of the service.',
  },
  {
    error: / BlockedException /,
    means: 'refused',
    says: 'AWS has blocked the account. Ask AWS Support.',
  },
  {
    error: / (ServiceDeploymentNotFound|DeploymentDoesNotExist|InvalidDeploymentId)Exception /,
    means: 'refused',
    says: 'There is no such deployment any more. Roll back by hand what is deployed now, if it has to be.',
  },
  {
    error: / DeploymentAlreadyCompletedException /,
    means: 'over',
    says: 'The deployment is over already.',
  },
  {
    error: /^ecs:RunTask ConflictException /,
    means: 'refused',
    says: 'Another task was started under the same token. Start the copy by hand.',
  },
  {
    error: / ConflictException /,
    means: 'later',
    says: 'The deployment cannot be stopped as it is now. Its state shows whether it still has to be.',
  },
  {
    error: /^ecs:StopTask InvalidParameterException /,
    text: /task was not found/i,
    means: 'over',
    says: 'The task is gone already.',
  },
  {
    error: /^ecs:ContinueServiceDeployment (InvalidParameter|Client)Exception /,
    means: 'refused',
    says: 'The hook does not wait as it is now, or has another id.',
  },
  {
    error: / (InvalidParameter|Client)Exception /,
    text: /task ?definition is inactive/i,
    means: 'refused',
    says: 'Its task definition is INACTIVE. Register a revision anew, and deploy it.',
  },
  {
    error: /^ecs:UpdateService InvalidParameterException /,
    text: /CODE_DEPLOY|EXTERNAL/,
    means: 'refused',
    says: 'ECS does not deploy it. Deploy it with the tool that does.',
  },
  {
    error: /^ecs:RunTask ClientException /,
    text: /capacity is unavailable|reached the limit/i,
    means: 'later',
    says: 'There is no capacity for it now, or the account has no more.',
  },
  {
    error: / (InvalidParameter|Client)Exception /,
    means: 'refused',
    says: 'ECS does not accept it as it is.',
  },
  {
    error: / (Application|DeploymentGroup|DeploymentConfig)DoesNotExistException /,
    means: 'refused',
    says: 'CodeDeploy has no such application, group or configuration any more. See what deploys the service now.',
  },
  {
    error: / DeploymentLimitExceededException /,
    means: 'later',
    says: 'CodeDeploy has a deployment of the group under way, or as many as it takes.',
  },
  {
    error: / (\w*Revision\w*|InvalidECSService|InvalidRole)Exception /,
    means: 'refused',
    says: 'CodeDeploy does not accept what it deployed last. Deploy it once by hand.',
  },
  {
    error: / (ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|CredentialsProviderError) /,
    means: 'later',
    says: 'AWS could not be reached, so it was not done.',
  },
];
