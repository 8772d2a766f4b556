import type { Page } from 'playwright-core';
import { startPage } from '../sandbox/page/server.ts';
import type { readLibrary } from '../sandbox/scenario/library.ts';
import { createPlayer } from '../sandbox/scenario/player.ts';
import { aPort, HOUR, MINUTE, nights, TONIGHT } from '../test/support/port.ts';

/** Without what the sandbox shows beside a message. */
export const MESSAGE_ALONE = '.message details { display: none }';

/** One plan in three pictures: as it waits for an approval, as it runs, and its report. */
export async function takePlanPictures(
  page: Page,
  library: ReturnType<typeof readLibrary>,
  folder: string,
): Promise<readonly string[]> {
  await using port = await aPort({ piers: 12 });
  const { sandbox } = port;
  const budget = { maxServices: 3, maxServicesPerCluster: 3, canary: { count: 1, bake: 'PT10M' } };
  await port.configure({ windows: [nights({ budget })] });
  sandbox.ecs.moveTag('harbour-west', 'pier-005');
  sandbox.ecs.deployByPerson('harbour-south', 'pier-009');
  await sandbox.clock.advance(20 * MINUTE);
  await port.notice();
  await using site = await startPage({ sandbox, library, player: createPlayer(sandbox, library), port: 0 });
  const take = async (name: string): Promise<string> => {
    await page.goto(site.url);
    await page.addStyleTag({ content: MESSAGE_ALONE });
    await page
      .locator('article.message:not(.reply)')
      .first()
      .screenshot({ path: `${folder}/${name}.png` });
    return name;
  };
  await sandbox.clock.advance(2 * MINUTE);
  const planned = await take('plan');
  await port.approve();
  await port.leapTo(TONIGHT - MINUTE);
  await port.advanceTo(TONIGHT + 30 * MINUTE);
  const running = await take('plan-running');
  await port.advanceTo(TONIGHT + 2 * HOUR);
  return [planned, running, await take('plan-report')];
}
