/**
 * Takes the pictures of the documents from the sandbox: each message of the first scenario and the whole page, to
 * docs/images. Needs Chromium (the variable CHROMIUM, or /usr/bin/chromium) and an emoji font.
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
const sandbox = await startSandbox();
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
const page = await browser.newPage({ viewport: { width: 1500, height: 3000 }, deviceScaleFactor: 1.5 });
await page.goto(site.url);
await page.addStyleTag({ content: MESSAGE_ALONE });
const messages = await page.locator('article.message:not(.reply)').all();
for (const [index, name] of NAMES.entries()) {
  await messages.at(-1 - index)?.screenshot({ path: `${IMAGES}/${name}.png` });
}
await page.setViewportSize({ width: 1500, height: 1000 });
await page.screenshot({ path: `${IMAGES}/sandbox.png` });
await page.setViewportSize({ width: 1500, height: 3000 });
await pour(sandbox, storm({ ...STORM, at: sandbox.clock.now() }));
await sandbox.clock.advance(120_000);
await page.reload();
await page.addStyleTag({ content: MESSAGE_ALONE });
await page
  .locator('article.message', { hasText: 'Storm:' })
  .first()
  .screenshot({ path: `${IMAGES}/storm.png` });
const plans = await takePlanPictures(page, library, IMAGES);
await browser.close();
await site[Symbol.asyncDispose]();
await sandbox[Symbol.asyncDispose]();
console.log(`${NAMES.length + 2 + plans.length} pictures in ${IMAGES}`);
// The queue emulator's long-poll timers would hold the process for 20 s more.
process.exit(0);
