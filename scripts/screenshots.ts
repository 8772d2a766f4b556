/**
 * Takes the pictures of the documents from the sandbox, of messages and of its page, to docs/images, at the same instants
 * of its time whenever it runs. Needs Chromium (the variable CHROMIUM, or /usr/bin/chromium) and an emoji font.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startPage } from '../sandbox/page/server.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { readLibrary } from '../sandbox/scenario/library.ts';
import { createPlayer } from '../sandbox/scenario/player.ts';
import { pour } from '../sandbox/scenario/pour.ts';
import { OPENING, OPENING_MESSAGES } from '../sandbox/scenario/scenarios.ts';
import { storm } from '../sandbox/scenario/storms.ts';
import { takePagePictures } from './page-pictures.ts';
import { MESSAGE_ALONE, takePlanPictures } from './plan-pictures.ts';

const IMAGES = 'docs/images';
/** Oldest first, as the scenario plays them. */
const NAMES = ['out-of-memory', 'deployment-failed', 'retirement'];
/** Made after it: forty services that crash for reasons of their own within ten seconds. */
const STORM = { services: 40, stops: 200, seed: 5, span: 10_000 };
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
/** Milliseconds. */
const PATIENCE = 30_000;

mkdirSync(IMAGES, { recursive: true });
const sandbox = await startSandbox({ startsAt: Date.UTC(2026, 10, 17, 12) });
// Nothing passes but what is passed below.
sandbox.clock.hold();
const library = readLibrary(fileURLToPath(new URL('../events', import.meta.url)));
const player = createPlayer(sandbox, library);
await player.play(OPENING);
await sandbox.waitUntil('the messages', () => sandbox.messages().length >= OPENING_MESSAGES, PATIENCE);
// The deployment's message says that it failed at its next edit, ten seconds after its first.
await sandbox.clock.advance(60_000);
const site = await startPage({ sandbox, library, player, port: 0 });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ARGUMENTS,
});
const page = await browser.newPage({
  viewport: { width: 1280, height: 3000 },
  deviceScaleFactor: 1.15,
  timezoneId: 'UTC',
  // For the style that leaves a message alone.
  bypassCSP: true,
});
await page.goto(site.url);
await page.addStyleTag({ content: MESSAGE_ALONE });
const messages = await page.locator('article.message:not(.reply)').all();
for (const [index, name] of NAMES.entries()) {
  await messages.at(-1 - index)?.screenshot({ path: `${IMAGES}/${name}.png` });
}
await pour(sandbox, storm({ ...STORM, at: sandbox.clock.now() }));
await sandbox.clock.advance(120_000);
await page.reload();
await page.addStyleTag({ content: MESSAGE_ALONE });
await page
  .locator('article.message', { hasText: 'Storm:' })
  .first()
  .screenshot({ path: `${IMAGES}/storm.png` });
const plans = await takePlanPictures(page, library, IMAGES);
const pages = await takePagePictures(browser, library, IMAGES);
await browser.close();
await site[Symbol.asyncDispose]();
await sandbox[Symbol.asyncDispose]();
console.log(`${NAMES.length + 1 + plans.length + pages.length} pictures in ${IMAGES}`);
// The queue emulator's long-poll timers would hold the process for 20 s more.
process.exit(0);
