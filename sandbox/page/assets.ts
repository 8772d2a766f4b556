import { readFile } from 'node:fs/promises';

interface Asset {
  readonly file: string;
  readonly type: 'text/css' | 'text/javascript' | 'image/svg+xml';
}

const script = (name: string): readonly [string, Asset] => [
  `/${name}.js`,
  { file: `client/${name}.js`, type: 'text/javascript' },
];
const style = (name: string): readonly [string, Asset] => [
  `/${name}.css`,
  { file: `style/${name}.css`, type: 'text/css' },
];

/** Everything that the page loads beside itself, by path. */
export const ASSETS: Readonly<Record<string, Asset>> = Object.fromEntries([
  ...['base', 'layout', 'time', 'play', 'slack', 'estate', 'timeline', 'calendar', 'dialog'].map(style),
  ...['theme', 'main', 'morph', 'refresh', 'forms', 'dialogs', 'views', 'keys'].map(script),
  ['/icon.svg', { file: 'style/icon.svg', type: 'image/svg+xml' }],
]);

/** `undefined` for a path that is no asset's. */
export async function readAsset(path: string): Promise<{ readonly type: string; readonly body: string } | undefined> {
  const asset = Object.hasOwn(ASSETS, path) ? ASSETS[path] : undefined;
  return asset && { type: asset.type, body: await readFile(new URL(asset.file, import.meta.url), 'utf8') };
}
