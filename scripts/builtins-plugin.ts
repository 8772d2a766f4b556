import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const BUILTINS: ReadonlySet<string> = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * Takes Node's own modules by `process.getBuiltinModule` instead of `import`. Importing `node:http` or `node:crypto` from
 * an ES module reads all their exports, and lazy ones among them load undici and WebCrypto: about 30 ms of every cold
 * start (nodejs/node#57649). As a property of an object, what nobody uses is never read.
 */
export const builtinsByGetBuiltinModule: Plugin = {
  name: 'builtins-by-get-builtin-module',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path }) =>
      BUILTINS.has(path) ? { path: `node:${path.replace(/^node:/, '')}`, namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
      loader: 'js',
    }));
  },
};
