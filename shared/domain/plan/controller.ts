import type { ActiveService, CodeDeployTarget } from './situation.ts';

/** A deployment of it can be asked for: of ECS, or of CodeDeploy. Whatever else deploys it is somebody else's tool. */
export const canBeDeployed = (controller: string): boolean => controller === 'ECS' || controller === 'CODE_DEPLOY';

/** CodeDeploy starts a full second copy and moves the traffic, which the settings of the service do not tell. */
export const strategyOf = ({ controller, strategy }: Pick<ActiveService, 'controller' | 'strategy'>): string =>
  controller === 'CODE_DEPLOY' ? 'BLUE_GREEN' : strategy;

/** Where ECS refuses, because CodeDeploy does it. */
export const throughOf = ({ controller, codeDeploy }: ActiveService): { readonly through?: CodeDeployTarget } =>
  controller === 'CODE_DEPLOY' && codeDeploy.status === 'found' ? { through: codeDeploy.value } : {};
