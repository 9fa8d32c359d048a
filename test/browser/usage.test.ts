import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type UsageResult, usageResult } from '../../src/protocol/usage.ts';
import { hasChromium, openSite } from '../support/open-site.ts';
import { until } from '../support/until.ts';
import { axeFindings, follow, makeLink, makeRoom, send, signIn } from './pages.ts';

const site = openSite();

/** What the API tells whom the page is signed in as. */
async function usageBy(page: Page, roomId: string): Promise<UsageResult> {
  const reply = await page.request.get(new URL(`/api/rooms/${roomId}/usage`, page.url()).href);
  return usageResult.parse(await reply.json());
}

const whole = (count: number) => count.toLocaleString('en');

test.skipIf(!hasChromium)(
  '[US14] a room’s usage has a page: figures, days without calls too, budgets, and the latest calls',
  async () => {
    const context = await site.profile();
    const page = await context.newPage();
    await signIn(page, site.url, 'Ann');
    await makeRoom(page, 'Accounts');
    const roomId = new URL(page.url()).pathname.split('/')[2] ?? '';
    await page.getByRole('link', { name: 'Usage' }).click();
    await page.getByRole('heading', { name: 'Nothing was used in these 30 days' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Accounts' }).click();

    await send(page, 'What is a token?');
    await until('the call to be written down', async () => (await usageBy(page, roomId)).totals.calls === 1);
    await page.getByRole('link', { name: 'Usage' }).click();
    await page.getByRole('heading', { name: 'Latest calls' }).waitFor();
    const { totals } = await usageBy(page, roomId);
    const figureOf = (name: string) =>
      page.getByText(name, { exact: true }).locator('xpath=../dd/strong').textContent();
    expect(await figureOf('Tokens in')).toBe(whole(totals.promptTokens));
    expect(await figureOf('Tokens out')).toBe(whole(totals.completionTokens));
    expect(await figureOf('Failed')).toBe('0');
    const rowOf = (table: string) =>
      page.getByRole('table', { name: table }).locator('tbody tr').first().textContent();
    const inAndOut = `${whole(totals.promptTokens)}${whole(totals.completionTokens)}1`;
    expect(await rowOf('By person')).toBe(`Ann${inAndOut}`);
    expect(await rowOf('By purpose')).toBe(`Replies${inAndOut}`);
    expect(await rowOf('By model')).toBe(`demo${inAndOut}`);
    expect(await rowOf('Latest calls')).toMatch(/Ann.*Replies.*demo.*Done$/);

    const day = page.getByRole('slider', { name: 'Day' });
    await day.focus();
    expect(await day.getAttribute('aria-valuetext')).toContain(`${whole(totals.promptTokens)} in, `);
    await page.keyboard.press('Home');
    expect(await page.getByTestId('usage-day').textContent()).toMatch(/: no calls$/);
    await page.getByText('All days in figures').click();
    await page.getByText('7 days', { exact: true }).click();
    await page.waitForURL(/\/usage\?days=7$/);
    await until('seven days', async () => (await day.getAttribute('aria-valuemax')) === '7');
    expect(await page.getByRole('table', { name: 'Tokens a day' }).locator('tbody tr').count()).toBe(7);
    await page.reload();
    await until('seven days still', async () => (await day.getAttribute('aria-valuemax')) === '7');
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await axeFindings(page)).toEqual([]);
  },
  60_000,
);

test.skipIf(!hasChromium)(
  '[US15] moderators set a room’s budgets in its settings; who watches is told nothing of them',
  async () => {
    const context = await site.profile();
    const page = await context.newPage();
    await signIn(page, site.url, 'Ann');
    await makeRoom(page, 'Accounts');
    const roomId = new URL(page.url()).pathname.split('/')[2] ?? '';

    await page.getByRole('button', { name: 'Room settings' }).click();
    const ofRoom = page.getByLabel('Tokens a day for the room');
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await ofRoom.fill('plenty');
    await page.getByText('Write a whole number of tokens').waitFor();
    expect(await save.isDisabled()).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await ofRoom.fill('50,000');
    await page.getByLabel('Tokens a day for each person').fill('9000');
    await save.click();
    await page.getByText('Room settings saved').waitFor();
    expect((await usageBy(page, roomId)).today).toMatchObject({
      room: { tokens: 0, budget: 50_000 },
      people: [{ name: 'Ann', tokens: 0, budget: 9_000 }],
    });

    await page.getByRole('button', { name: 'Room settings' }).click();
    expect(await ofRoom.inputValue()).toBe('50,000');
    await page.getByRole('link', { name: 'What this room uses' }).click();
    await page.getByText('0 of 50,000 tokens').waitFor();
    await page.getByText('0 of 9,000 tokens').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Room settings' }).click();
    await ofRoom.fill('');
    await save.click();
    await until('the room’s budget to be gone', async () => {
      const { today } = await usageBy(page, roomId);
      return today?.room.budget === undefined && today?.people[0]?.budget === 9_000;
    });

    await context.route('**/usage?days=*', (route) => route.abort());
    await page.goto(`${page.url()}/usage`);
    await page.getByText('The server cannot be reached.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await context.unroute('**/usage?days=*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Nothing was used' }).waitFor();
    await page.getByRole('link', { name: 'Accounts' }).click();

    const link = await makeLink(page, 'To watch');
    const sam = await follow(await site.profile(), link, 'Sam');
    expect(await sam.getByRole('link', { name: 'Usage' }).count()).toBe(0);
    await sam.goto(`${sam.url()}/usage`);
    await sam.getByText('Those who watch are not told what the room uses.').waitFor();
    expect(await axeFindings(sam)).toEqual([]);
  },
  60_000,
);
