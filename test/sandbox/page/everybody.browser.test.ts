import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { addFleet } from '../../../sandbox/scenario/acts.ts';
import { aPort, NOON, nights } from '../../support/port.ts';
import { goTo, launchBrowser, openSite, seriousViolations } from '../../support/site.ts';

// Whoever watches, on whatever screen, with the real bundles behind the page.

const PATIENCE = 120_000;
const RIGHTS = { rights: [{ may: ['approve', 'object'], who: ['S0HARBOUR'] }] };
const THEMES = ['light', 'dark'] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

// Texts instead of functions: what runs in the browser has types that nothing else here has.
const widthOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');
const themeOf = (page: Page): Promise<string> => page.evaluate('document.documentElement.dataset.theme');

describe('the page for everybody', () => {
  it('has nothing that axe finds serious, in both themes, in each view and with dialogs open', {
    timeout: PATIENCE,
  }, async () => {
    await using port = await aPort({ piers: 2 });
    await port.configure({ windows: [nights()], chat: RIGHTS });
    await port.notice();
    for (const colorScheme of THEMES) {
      await using site = await openSite(browser, port.sandbox, { colorScheme, reducedMotion: 'reduce' });
      const { page } = site;
      const found: Record<string, readonly string[]> = {};
      const look = async (what: string): Promise<void> => {
        found[what] = await seriousViolations(page);
      };
      await page.getByRole('button', { name: 'Approve plan' }).waitFor();
      await look('slack');
      await goTo(page, 'Estate');
      await page.getByRole('link', { name: 'pier-001', exact: true }).click();
      await page.getByRole('heading', { name: 'harbour-north/pier-001' }).waitFor();
      await look('estate');
      await goTo(page, 'Calendar');
      await page.getByText('The calendar as a table').click();
      await look('calendar');
      await page.keyboard.press('?');
      await look('help');
      await page.keyboard.press('Escape');
      await goTo(page, 'Slack');
      await page.getByRole('button', { name: 'Approve some…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).waitFor();
      await look('modal');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(found).toEqual({ slack: [], estate: [], calendar: [], help: [], modal: [] });
      expect(site.troubles).toEqual([]);
    }
  });

  it('fits into a telephone, a laptop and a wide screen', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox({ startsAt: NOON });
    addFleet(sandbox);
    for (const width of [390, 1_280, 1_920]) {
      await using site = await openSite(browser, sandbox, { viewport: { width, height: 900 } });
      for (const view of ['Estate', 'Calendar', 'Slack']) {
        await goTo(site.page, view);
        expect(await widthOf(site.page), `${view} at ${width}`).toBeLessThanOrEqual(width);
      }
    }
  });

  it('keeps the theme that somebody chose', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox({ startsAt: NOON });
    await using site = await openSite(browser, sandbox, { colorScheme: 'light' });
    const { page } = site;
    expect(await themeOf(page)).toBe('light');
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await page.reload();
    expect(await themeOf(page)).toBe('dark');
  });
});
