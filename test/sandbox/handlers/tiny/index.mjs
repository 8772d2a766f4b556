// A handler that does what its event asks for.
const WAYS = {
  answer: async ({ value }) => ({ value }),
  throw: async () => {
    throw new TypeError('the handler threw');
  },
  hang: () => new Promise(() => setTimeout(() => {}, 60_000)),
  exit: () => process.exit(3),
  // A second copy of Date's constructor must not show.
  clock: async (_, context) => ({
    now: Date.now(),
    constructed: new Date().getTime(),
    called: Date(),
    given: new Date(0).toISOString(),
    isOneDate: new Date() instanceof Date && new Date().constructor === Date,
    remaining: context.getRemainingTimeInMillis(),
  }),
  process: async () => process.pid,
  // As long as it takes for another to arrive, were they not kept apart.
  meet: () => new Promise((resolve) => setTimeout(() => resolve(process.pid), 200)),
  context: async (_, context) => ({
    name: context.functionName,
    arn: context.invokedFunctionArn,
    hasTime: context.getRemainingTimeInMillis() > 0,
    environment: Object.keys(process.env),
  }),
};

export const handler = async (event, context) => {
  // As the functions' logger does: past `console`, which the runtime wraps.
  process.stdout.write(`${JSON.stringify({ decision: 'told', way: event.way })}\n`);
  return WAYS[event.way](event, context);
};
