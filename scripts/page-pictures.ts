import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startPage } from '../sandbox/page/server.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { addFleet, giveNotice, goToClockChange } from '../sandbox/scenario/acts.ts';
import type { readLibrary } from '../sandbox/scenario/library.ts';
import { createPlayer } from '../sandbox/scenario/player.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Tue 17 Nov 2026, 20:00 UTC; windows of sandbox/configuration.yaml open at ten. */
const EVENING = Date.UTC(2026, 10, 17, 20);
const OPENING = EVENING + 2 * HOUR;
const CONFIGURATION = fileURLToPath(new URL('../sandbox/configuration.yaml', import.meta.url));
const THEMES = ['light', 'dark'] as const;

interface Shot {
  readonly name: string;
  /** Of the page's address. */
  readonly address: string;
  readonly size?: { readonly width: number; readonly height: number };
}

/** In the middle of a night in which the fleet is replaced. */
const NIGHT: readonly Shot[] = [
  { name: 'sandbox', address: '/' },
  { name: 'estate', address: '/#estate' },
  { name: 'phone', address: '/#estate', size: { width: 390, height: 844 } },
];

/** On the evening before clocks change. */
const CHANGE: readonly Shot[] = [{ name: 'calendar', address: '/#calendar', size: { width: 1_280, height: 900 } }];

/** The page in both themes, at the same instants each time. */
export async function takePagePictures(
  browser: Browser,
  library: ReturnType<typeof readLibrary>,
  folder: string,
): Promise<readonly string[]> {
  await using sandbox = await startSandbox({ startsAt: EVENING });
  await using site = await startPage({ sandbox, library, player: createPlayer(sandbox, library), port: 0 });
  sandbox.clock.hold();
  addFleet(sandbox);
  await sandbox.configure(CONFIGURATION);
  await playNight(sandbox);
  const names: string[] = [];
  const take = async (shots: readonly Shot[]): Promise<void> => {
    for (const colorScheme of THEMES) {
      const page = await browser.newPage({ colorScheme, timezoneId: 'UTC', reducedMotion: 'reduce' });
      for (const shot of shots) names.push(await takeShot(page, site.url, { ...shot, folder, colorScheme }));
      await page.close();
    }
  };
  await take(NIGHT);
  await goToClockChange(sandbox);
  await take(CHANGE);
  return names;
}

/** A plan for the fleet, approved, and the first minutes of its opening. */
async function playNight(sandbox: Sandbox): Promise<void> {
  await giveNotice(sandbox);
  const message = sandbox.messages().at(-1);
  if (message === undefined) throw new Error('there is no plan to approve');
  await sandbox.slack.click('U0ADA', message, 'Approve plan');
  await sandbox.settled();
  await sandbox.clock.leap(OPENING - MINUTE - sandbox.clock.now());
  // The first service is being replaced by then.
  await sandbox.clock.advance(2 * MINUTE + 20_000);
}

async function takeShot(
  page: Page,
  url: string,
  { name, address, size, folder, colorScheme }: Shot & { readonly folder: string; readonly colorScheme: string },
): Promise<string> {
  await page.setViewportSize(size ?? { width: 1_280, height: 800 });
  // An address that differs in its fragment alone would not be loaded anew.
  await page.goto('about:blank');
  await page.goto(`${url}${address}`);
  await page.locator('body[data-drawn]').waitFor();
  const file = colorScheme === 'light' ? name : `${name}-dark`;
  await page.screenshot({ path: `${folder}/${file}.png` });
  return file;
}
