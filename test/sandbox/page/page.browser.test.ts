import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { aPort, MINUTE, NOON, nights, TONIGHT } from '../../support/port.ts';
import { goTo, launchBrowser, openSite } from '../../support/site.ts';

// What a watcher sees and does, with the real bundles behind the page.

const PATIENCE = 120_000;
const RIGHTS = { rights: [{ may: ['approve', 'object'], who: ['S0HARBOUR'] }] };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

// Texts instead of functions: what runs in the browser has types that nothing else here has.
const focusOf = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.id || document.activeElement.textContent');

/** Waits until the clock of the page shows an instant, or a later one. */
const untilShown = async (page: Page, instant: number): Promise<void> => {
  const shown = async (): Promise<number> =>
    Date.parse((await page.locator('#clock time').getAttribute('datetime')) ?? '');
  await expect.poll(shown, { timeout: PATIENCE }).toBeGreaterThanOrEqual(instant);
};

describe('by the keyboard alone', () => {
  it('somebody approves a plan, goes on to its opening, and sees ECS being asked', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.configure({ windows: [nights()], chat: RIGHTS });
    await port.notice();
    await port.leapTo(TONIGHT - 30 * MINUTE);
    await using site = await openSite(browser, port.sandbox);
    const { page } = site;
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Approve plan' }).waitFor();
    await tabTo(page, 'Approve plan');
    await page.keyboard.press('Enter');
    await page.locator('#whispers').getByText('approved everything').waitFor();
    await port.sandbox.settled();
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Pause the clock', pressed: true }).waitFor();
    await page.keyboard.press('o');
    await untilShown(page, TONIGHT);
    await page.keyboard.press('h');
    await page.locator('.entry.writes.loud').getByText('ecs:UpdateService').first().waitFor();
    await page.locator('.entry.writes.loud a').first().press('Enter');
    const detail = page.getByRole('dialog', { name: 'AWS writes: ecs:UpdateService' });
    await detail.getByText('"forceNewDeployment": true').waitFor();
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'hidden' });
    expect(port.deployed()).toEqual(['pier-001']);
    expect(site.troubles).toEqual([]);
  });

  it('the focus stays where it is while new things appear', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox({ startsAt: NOON });
    await using site = await openSite(browser, sandbox);
    const { page, player } = site;
    await page.getByLabel('/slackwater').fill('half a comm');
    await player.tell('ecs/task-stopped-out-of-memory');
    await page.locator('#messages').getByText('Out of memory').first().waitFor();
    expect(await page.getByLabel('/slackwater').inputValue()).toBe('half a comm');
    expect(await focusOf(page)).toBe('command');
  });
});

/** Presses Tab until a button of this name has the focus. @throws when none of the first few hundred has */
async function tabTo(page: Page, name: string): Promise<void> {
  await page.getByRole('main').focus();
  for (let count = 0; count < 300; count += 1) {
    await page.keyboard.press('Tab');
    if ((await focusOf(page)) === name) return;
  }
  throw new Error(`no Tab leads to ${name}`);
}

describe('the clock and the scenarios', () => {
  it('run at sixty times real time, and jump', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox({ startsAt: NOON });
    await using site = await openSite(browser, sandbox);
    const { page } = site;
    await page.getByRole('button', { name: /^×60/ }).click();
    await untilShown(page, NOON + 3 * MINUTE);
    await page.getByRole('button', { name: 'Pause the clock' }).click();
    await page.getByRole('button', { name: 'Pause the clock', pressed: true }).waitFor();
    await page.getByRole('button', { name: '+1 h' }).click();
    await untilShown(page, NOON + 63 * MINUTE);
    expect(sandbox.usage().functions['reconcile']?.invocations).toBeGreaterThanOrEqual(63);
    expect(site.troubles).toEqual([]);
  });

  it('a long jump shows how far it is, and stops', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox({ startsAt: NOON });
    await using site = await openSite(browser, sandbox);
    const { page } = site;
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.getByRole('progressbar', { name: /Going on to 2026-11-18/ }).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.locator('#job progress').waitFor({ state: 'detached' });
    expect(sandbox.clock.now()).toBeLessThan(NOON + 24 * 60 * MINUTE);
    expect(sandbox.clock.now()).toBeGreaterThan(NOON);
  });

  it('a scenario plays at one click, and a second one has to wait', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox({ startsAt: NOON });
    await using site = await openSite(browser, sandbox);
    const { page } = site;
    await page.getByRole('button', { name: 'A broken release of harbour-west/crane' }).click();
    await page.locator('#job').getByText('A broken release').waitFor();
    await page.getByRole('button', { name: 'Routine that nobody should hear of' }).click();
    await page.getByRole('alert').getByText('stop it first').waitFor();
    await page.locator('#messages').getByText('crane').first().waitFor();
    await page.locator('#job progress').waitFor({ state: 'detached' });
    await goTo(page, 'Estate');
    await page.getByRole('link', { name: 'crane', exact: true }).click();
    await page.locator('#service').getByText('rollback successful').waitFor();
    expect(site.troubles).toEqual([]);
  });

  it('a pasted event that is none is refused with the place of the mistake', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox({ startsAt: NOON });
    await using site = await openSite(browser, sandbox);
    const { page } = site;
    await page.getByText('An event of your own').click();
    await page.getByLabel('EventBridge event, JSON').fill('{ "source": "aws.ecs", }');
    await page.getByRole('button', { name: 'Put on the bus' }).click();
    await page.getByRole('alert').getByText('Line 1, column').waitFor();
    await page
      .getByLabel('EventBridge event, JSON')
      .fill('{ "source": "aws.ecs", "detail-type": "ECS Task State Change", "detail": {} }');
    await page.getByRole('button', { name: 'Put on the bus' }).click();
    await page.getByRole('status').getByText('It is on the bus').waitFor();
    expect(await page.getByRole('alert').textContent()).toBe('');
  });
});
