// A handler that does what its event asks for.
const WAYS = {
  answer: async ({ value }) => ({ value }),
  throw: async () => {
    throw new TypeError('the handler threw');
  },
  hang: () => new Promise(() => setTimeout(() => {}, 60_000)),
  exit: () => process.exit(3),
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
