import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasChromium, openSite } from '../support/open-site.ts';
import {
  createGate,
  type ScriptedEndpoint,
  saysGated,
  startScriptedEndpoint,
} from '../support/scripted-endpoint.ts';
import { until } from '../support/until.ts';
import { axeFindings, follow, makeLink, makeRoom, send, signIn, textsOn } from './pages.ts';

let endpoint: ScriptedEndpoint;
beforeAll(async () => {
  endpoint = await startScriptedEndpoint();
});
afterAll(() => endpoint.close());
const site = openSite(() => ({ endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' } }));
const complaints: string[] = [];

/** A profile whose pages' errors are complaints. */
async function profile(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await site.profile(options);
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return context;
}

const waitForTexts = (page: Page, texts: string[]) =>
  until(
    `“${texts.join('” “')}” on the page`,
    async () => JSON.stringify(await textsOn(page)) === JSON.stringify(texts),
  );

test.skipIf(!hasChromium)(
  'two people and a spectator see a reply grow, equal at the end, and be replaced in place',
  async () => {
    const ann = await (await profile()).newPage();
    await signIn(ann, site.url, 'Ann');
    await makeRoom(ann, 'Printer trouble');
    const ben = await follow(await profile(), await makeLink(ann, 'To take part'), 'Ben');
    const watcher = await follow(await profile(), await makeLink(ann, 'To watch'), 'Eve');
    const pages = [ann, ben, watcher];

    const gate = createGate();
    endpoint.next(saysGated(gate, 'Have you ', 'tried turning ', 'it off?'));
    await send(ann, 'The printer is on fire');
    for (const page of pages) await page.getByText('The printer is on fire').first().waitFor();
    gate.release();
    for (const page of pages) await waitForTexts(page, ['The printer is on fire', 'Have you']);
    gate.release();
    for (const page of pages) await waitForTexts(page, ['The printer is on fire', 'Have you tried turning']);
    gate.open();
    for (const page of pages)
      await waitForTexts(page, ['The printer is on fire', 'Have you tried turning it off?']);
    const whole = await Promise.all(
      pages.map((page) => page.locator('[data-message-id]').last().getAttribute('data-message-id')),
    );
    expect(new Set(whole).size).toBe(1);

    const second = createGate();
    endpoint.next(saysGated(second, 'Call the ', 'fire brigade.'));
    await ben.locator('[data-message-id]').last().hover();
    await ben.getByRole('button', { name: 'Regenerate' }).last().click();
    second.release();
    for (const page of pages) await waitForTexts(page, ['The printer is on fire', 'Call the']);
    second.open();
    for (const page of pages) {
      await waitForTexts(page, ['The printer is on fire', 'Call the fire brigade.']);
      await page
        .getByText(/originally said/i)
        .first()
        .click();
      await page.getByText('Have you tried turning it off?').first().waitFor();
    }

    expect(await watcher.getByRole('textbox', { name: 'Message', exact: true }).count()).toBe(0);
    expect(await watcher.getByRole('button', { name: /^(Regenerate|Edit|Stop)$/ }).count()).toBe(0);
    await watcher.getByText(/You are watching/).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.skipIf(!hasChromium)(
  'an edited question is answered anew, a reply is stopped, and both are told in words',
  async () => {
    const page = await (await profile()).newPage();
    await signIn(page, site.url, 'Ann');
    await makeRoom(page, 'Edits');
    endpoint.reply((request) => saysGated(opened, `About ${request.lastText.replace('Ann: ', '')}`));
    const opened = createGate();
    opened.open();
    await send(page, 'cats');
    await waitForTexts(page, ['cats', 'About cats']);
    await page.locator('[data-message-id]').first().hover();
    await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
    await page.getByRole('textbox', { name: 'Edit message' }).fill('dogs');
    await page.keyboard.press('Enter');
    await waitForTexts(page, ['dogs', 'About dogs']);

    const gate = createGate();
    endpoint.next(saysGated(gate, 'A long ', 'story'));
    await send(page, 'tell me');
    gate.release();
    await waitForTexts(page, ['dogs', 'About dogs', 'tell me', 'A long']);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page
      .getByText(/stopped/i)
      .first()
      .waitFor();
    await waitForTexts(page, ['dogs', 'About dogs', 'tell me', 'A long']);
  },
);

test.skipIf(!hasChromium)(
  'what was typed survives a reload, and a lost connection is told and healed',
  async () => {
    const context = await profile();
    const page = await context.newPage();
    await signIn(page, site.url, 'Ann');
    await makeRoom(page, 'Connections');
    const box = page.getByRole('textbox', { name: 'Message', exact: true });
    await box.fill('half a thought');
    await page.reload();
    await until('the draft', async () => (await box.inputValue()) === 'half a thought');
    endpoint.reply({ steps: [{ text: 'heard' }] });
    await context.setOffline(true);
    // An open WebSocket outlives the switch: the server hangs up, as a router would.
    await page.evaluate('window.dispatchEvent(new Event("offline"))');
    await page
      .getByText(/offline|reconnecting/i)
      .first()
      .waitFor();
    await box.press('Enter');
    await context.setOffline(false);
    await page.evaluate('window.dispatchEvent(new Event("online"))');
    await waitForTexts(page, ['half a thought', 'heard']);
  },
);

test.skipIf(!hasChromium)('axe finds nothing on a phone in the dark or on a desk in the light', async () => {
  for (const options of [
    { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const, hasTouch: true },
    { viewport: { width: 1280, height: 800 }, colorScheme: 'light' as const },
  ]) {
    const page = await (await profile(options)).newPage();
    await page.goto(site.url);
    await page.getByLabel('Your name').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await signIn(page, site.url, 'Ann');
    expect(await axeFindings(page)).toEqual([]);
    await makeRoom(page, 'A title that goes on for rather long, as titles made in a hurry do');
    const markdown =
      '**Well**\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```sh\necho hi\n```\n\n- [link](https://example.org/)';
    endpoint.next({ steps: [{ text: markdown }] });
    await send(page, 'Show me everything');
    await page.getByRole('link', { name: /link/ }).first().waitFor();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    expect(await axeFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBe(0);
  }
});

test.skipIf(!hasChromium)(
  'script in names, titles, messages and replies stays text, and nothing is fetched for them',
  async () => {
    const page = await (await profile()).newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const attack =
      '<img src="http://127.0.0.1:9/x" onerror="window.hacked=1"><script>window.hacked=1</script>';
    await signIn(page, site.url, '<b onclick=alert(1)>Ann</b>');
    await makeRoom(page, '<script>window.hacked=1</script>');
    endpoint.next({
      steps: [
        {
          text: `${attack}\n\n![secret](http://127.0.0.1:9/leak?q=1) [click](javascript:window.hacked=1) [ok](https://example.org/)`,
        },
      ],
    });
    await send(page, attack);
    await page.getByRole('link', { name: /ok/ }).first().waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(
      requests.filter((url) => !url.startsWith(site.url) && !url.startsWith(site.url.replace('http', 'ws'))),
    ).toEqual([]);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  },
);
