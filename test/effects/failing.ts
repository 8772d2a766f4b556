/** An error as the SDK throws it: the name says what it is, the message names whom nobody should read about. */
export const awsError = (name: string): Error =>
  Object.assign(new Error('User: arn:aws:sts::111122223333:assumed-role/slackwater/x is not authorized'), { name });

/** A budget that is used up as soon as `spend` is called. */
export function aBudget() {
  const controller = new AbortController();
  return { budget: () => controller.signal, spend: () => controller.abort() };
}

/** An answer that never comes. */
export const never = (): Promise<never> => new Promise(() => undefined);
