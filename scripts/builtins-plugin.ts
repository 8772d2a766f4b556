import type { Plugin } from 'esbuild';

/**
 * Takes `node:http` and `node:https` by `process.getBuiltinModule` instead of `import`. Importing them from an ES module
 * reads all their exports, which loads undici and costs about 30 ms of every cold start (nodejs/node#57649).
 */
export const builtinsByGetBuiltinModule: Plugin = {
  name: 'builtins-by-get-builtin-module',
  setup(build) {
    build.onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: 'builtin',
    }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `const builtin = process.getBuiltinModule('node:${path}');
export default builtin;
export const { Agent, Server, createServer, request, get, globalAgent, METHODS, STATUS_CODES } = builtin;`,
      loader: 'js',
    }));
  },
};
