import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasChromium, openSite } from '../support/open-site.ts';
import {
  createGate,
  fails,
  type ScriptedEndpoint,
  says,
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

/** The endpoint's part: everybody replies with their name and a number; Bob always wants to put in a word. */
function script(bobId: string): void {
  let count = 0;
  endpoint.reply((request) => {
    if (!request.stream) {
      const speakers = [{ botId: bobId, eagerness: 1, reason: 'a test says so' }];
      return { steps: [{ text: JSON.stringify({ speakers }) }] };
    }
    count += 1;
    const name = /You are (\w+)/.exec(request.messages[0]?.content ?? '')?.[1];
    return { steps: [{ text: `${name} ${count}` }] };
  });
}

async function settled(pages: Page[], texts: string[]): Promise<void> {
  for (const page of pages) {
    await until(
      `“${texts.join('” “')}”`,
      async () => JSON.stringify(await textsOn(page)) === JSON.stringify(texts),
    );
  }
}

test.skipIf(!hasChromium)(
  'two tabs see an older reply regenerated with its interjection, versions chosen, a rewind and its undoing',
  async () => {
    const ann = await (await site.profile()).newPage();
    await signIn(ann, site.url, 'Ann');
    await makeRoom(ann, 'Two bots');
    const roomId = new URL(ann.url()).pathname.split('/').at(-1) ?? '';
    const request = ann.context().request;
    const made = await request.post(`${site.url}/api/bots`, {
      data: { name: 'Bob', persona: 'Knows better.' },
    });
    const bobId = ((await made.json()) as { bot: { id: string } }).bot.id;
    await request.post(`${site.url}/api/rooms/${roomId}/commands/bot.add`, { data: { botId: bobId } });
    script(bobId);
    const ben = await follow(await site.profile(), await makeLink(ann, 'To take part'), 'Ben');
    const pages = [ann, ben];

    await send(ann, '@Kibitz one?');
    await settled(pages, ['@Kibitz one?', 'Kibitz 1', 'Bob 2']);
    await send(ann, '@Kibitz two?');
    await settled(pages, ['@Kibitz one?', 'Kibitz 1', 'Bob 2', '@Kibitz two?', 'Kibitz 3', 'Bob 4']);
    await ben.getByText('put in a word').first().waitFor();

    const older = (page: Page) =>
      page
        .locator('[data-message-id]')
        .filter({ hasText: /Kibitz (1|5)/ })
        .first();
    await older(ben).hover();
    await older(ben).getByRole('button', { name: 'Regenerate' }).click();
    const regenerated = ['@Kibitz one?', 'Kibitz 5', 'Bob 6', '@Kibitz two?', 'Kibitz 3', 'Bob 4'];
    await settled(pages, regenerated);

    await older(ann).getByRole('button', { name: 'Earlier version' }).click();
    await settled(pages, ['@Kibitz one?', 'Kibitz 1', 'Bob 2', '@Kibitz two?', 'Kibitz 3', 'Bob 4']);
    await older(ben).getByRole('button', { name: 'Later version' }).click();
    await settled(pages, regenerated);

    const first = ann.locator('[data-message-id]').first();
    await first.hover();
    await first.getByRole('button', { name: 'More' }).click();
    expect(await axeFindings(ann)).toEqual([]);
    await first.getByRole('button', { name: 'Rewind to here' }).click();
    await ann.getByText('5 messages leave').waitFor();
    expect(await axeFindings(ann)).toEqual([]);
    await ann.getByRole('button', { name: 'Rewind', exact: true }).click();
    await settled(pages, ['@Kibitz one?']);
    await ben.getByText('5 messages were taken back by Ann').waitFor();
    expect(await ben.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await ann.getByRole('button', { name: 'Undo' }).click();
    await settled(pages, regenerated);

    const second = ann.locator('[data-message-id]').filter({ hasText: '@Kibitz two?' });
    await second.hover();
    await second.getByRole('button', { name: 'More' }).click();
    await second.getByRole('button', { name: 'Remove' }).click();
    await ann.getByText('the reply to it and the word put in on it').waitFor();
    await ann.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await settled(pages, ['@Kibitz one?', 'Kibitz 5', 'Bob 6']);
    expect(await axeFindings(ann)).toEqual([]);
  },
  60_000,
);

test.skipIf(!hasChromium)(
  'bots come in and go; a word put in late stands beside its reply; a spectator looks at versions alone; a failed reply is tried again',
  async () => {
    const ann = await (await site.profile()).newPage();
    await signIn(ann, site.url, 'Ann');
    await makeRoom(ann, 'Late words');
    await ann.getByRole('button', { name: 'Add a bot' }).click();
    await ann.getByLabel('Name of the assistant').fill('Bea');
    expect(await axeFindings(ann)).toEqual([]);
    await ann.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await ann.getByRole('button', { name: 'Manage Bea' }).click();
    await ann.getByRole('button', { name: 'Make host' }).click();
    await until('a new host', async () =>
      /host/.test(await ann.locator('.person:has-text("Bea")').innerText()),
    );

    const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const, hasTouch: true };
    const eve = await follow(await site.profile(phone), await makeLink(ann, 'To watch'), 'Eve');
    const pages = [ann, eve];
    const listed = await ann.context().request.get(`${site.url}/api/bots`);
    const { bots } = (await listed.json()) as { bots: { id: string; name: string }[] };
    const beaId = bots.find(({ name }) => name === 'Bea')?.id;
    const gate = createGate();
    const speakers = [{ botId: beaId, eagerness: 1, reason: 'a test says so' }];
    endpoint.next(
      says('The cable.'),
      says(JSON.stringify({ speakers })),
      saysGated(gate, 'No, ', 'the tray.'),
    );
    await send(ann, '@Kibitz what is it?');
    gate.release();
    await settled(pages, ['@Kibitz what is it?', 'The cable.', 'No,']);
    await ann.getByText('putting in a word').first().waitFor();
    // While it goes on, somebody writes: the words end up beside what they are about.
    endpoint.reply((request) =>
      request.stream ? says('As I said.') : says(JSON.stringify({ speakers: [] })),
    );
    await send(ann, '@Kibitz and now?');
    await ann.getByText('Next: what you asked').waitFor();
    gate.open();
    const all = ['@Kibitz what is it?', 'The cable.', 'No, the tray.', '@Kibitz and now?', 'As I said.'];
    await settled(pages, all);

    const reply = (page: Page) => page.locator('[data-message-id]').nth(1);
    await ann.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    endpoint.next(says('The driver.'));
    await reply(ann).hover();
    await reply(ann).getByRole('button', { name: 'Regenerate' }).click();
    // Bea is asked again, and has nothing to say any more.
    const anew = ['@Kibitz what is it?', 'The driver.', '@Kibitz and now?', 'As I said.'];
    await settled(pages, anew);
    await reply(eve).getByRole('button', { name: 'Earlier version' }).click();
    await settled([eve], anew.with(1, 'The cable.'));
    await settled([ann], anew);
    expect(await axeFindings(eve)).toEqual([]);
    await eve.getByRole('button', { name: /Only you see this/ }).click();
    await settled([eve], anew);

    await ann.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    endpoint.next(fails(400));
    await send(ann, '@Kibitz once more');
    await ann.getByRole('button', { name: 'Try again' }).click();
    await settled(pages, [...anew, '@Kibitz once more', 'As I said.']);

    await ann.getByRole('button', { name: 'Manage Bea' }).click();
    await ann.getByRole('button', { name: 'Remove from the room' }).click();
    await ann.getByRole('button', { name: 'Yes, remove Bea' }).click();
    await ann.getByRole('button', { name: 'Manage Bea' }).waitFor({ state: 'detached' });
  },
  60_000,
);
