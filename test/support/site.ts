import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startPage } from '../../sandbox/page/server.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { readLibrary } from '../../sandbox/scenario/library.ts';
import { createPlayer, type Player } from '../../sandbox/scenario/player.ts';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ARGUMENTS });

/** The page of a sandbox in a browser that has no other site to go to. */
export interface Site extends AsyncDisposable {
  readonly page: Page;
  readonly player: Player;
  /** What the page may not have: scripts that fail, what its policy blocks, and requests to anybody else. */
  readonly troubles: readonly string[];
}

export async function openSite(
  browser: Browser,
  sandbox: Sandbox,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<Site> {
  const library = readLibrary(fileURLToPath(new URL('../../events', import.meta.url)));
  const player = createPlayer(sandbox, library);
  const site = await startPage({ sandbox, library, player, port: 0 });
  const page = await browser.newPage(options);
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (line) => {
    if (/Content Security Policy/.test(line.text())) troubles.push(line.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) troubles.push(request.url());
  });
  await page.goto(site.url);
  return {
    page,
    player,
    troubles,
    [Symbol.asyncDispose]: async () => {
      await page.close();
      await site[Symbol.asyncDispose]();
    },
  };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical, a line each: the rule and the elements. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  // By the debugger, which the page's policy does not concern.
  await page.evaluate(AXE);
  // True: what was evaluated before defines it.
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Another view of the page, by its name. */
export const goTo = async (page: Page, view: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
};
