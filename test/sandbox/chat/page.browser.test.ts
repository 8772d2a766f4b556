import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { aPort, MINUTE, nights, TONIGHT } from '../../support/port.ts';
import { launchBrowser, openSite, type Site } from '../../support/site.ts';

// A person before the page: the real bundles behind it, and a browser that has no other site to go to.

const PATIENCE = 90_000;
const RIGHTS = { rights: [{ may: ['approve', 'roll-back'], who: ['S0HARBOUR'] }] };

/** What `npm start` runs with. */
const CONFIGURATION = fileURLToPath(new URL('../../../sandbox/configuration.yaml', import.meta.url));

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const open = (sandbox: Sandbox): Promise<Site> => openSite(browser, sandbox);

describe('on the page', () => {
  it('somebody approves a plan, and it runs before their eyes', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.configure({ windows: [nights()], chat: RIGHTS });
    await port.notice();
    await using site = await open(port.sandbox);
    const { page } = site;
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Approve plan' }).click();
    await page.locator('#whispers').getByText('approved everything').waitFor();
    await port.sandbox.settled();
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 15 * MINUTE);
    await page.locator('#messages').getByText('Fargate retirement finished').first().waitFor();
    expect(await page.getByRole('button', { name: 'Approve plan' }).count()).toBe(0);
    expect(site.troubles).toEqual([]);
  });

  it('somebody mutes a service by a command, and rolls its deployment back by the keyboard', {
    timeout: PATIENCE,
  }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.configure({ chat: RIGHTS });
    const { sandbox } = port;
    sandbox.ecs.change('harbour-north', 'pier-001', { fails: 'exit', circuitBreaker: 'off' });
    sandbox.ecs.deployByPerson('harbour-north', 'pier-001');
    await sandbox.clock.advance(5 * MINUTE);
    await using site = await open(sandbox);
    const { page } = site;
    const dialog = page.getByRole('dialog');

    await page.getByLabel('/slackwater').fill('mute harbour-north/pier-001 2h');
    await page.keyboard.press('Enter');
    await page.locator('#whispers').getByText('Nobody is told of').waitFor();

    await page.getByRole('button', { name: 'Mute…' }).press('Enter');
    await dialog.getByRole('button', { name: 'Mute' }).waitFor();
    await dialog.getByLabel('30 minutes').check();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    page.once('dialog', (question) => void question.accept());
    await page.getByRole('button', { name: 'Roll back…' }).press('Enter');
    await dialog.getByRole('button', { name: 'Roll back' }).press('Enter');
    await dialog.getByText('is to be rolled back').waitFor();
    await sandbox.settled();
    expect(sandbox.ecs.writes('ecs:StopServiceDeployment')).toMatchObject([{ input: { stopType: 'ROLLBACK' } }]);
    expect(site.troubles).toEqual([]);
  });

  it('a guest sees no answer of others, and is told what a guest may do', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox();
    await sandbox.configure(CONFIGURATION);
    await using site = await open(sandbox);
    const { page } = site;
    await page.getByLabel('/slackwater').fill('help');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#whispers').getByText('What can be asked here').waitFor();
    await page.getByRole('button', { name: 'Guest' }).click();
    await page.locator('#whispers').getByText('What can be asked here').waitFor({ state: 'detached' });
    await page.getByLabel('/slackwater').fill('status');
    await page.keyboard.press('Enter');
    await page.locator('#whispers').getByText('Only members of this workspace').waitFor();
    expect(site.troubles).toEqual([]);
  });
});
