import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasChromium, openSite } from '../support/open-site.ts';
import { until } from '../support/until.ts';
import { axeFindings, follow, makeLink, send, signIn, textsOn } from './pages.ts';

const site = openSite();

/** Higher than any, so that all messages are drawn. */
const height = 2_600;
const desk = { viewport: { width: 1280, height } };
const phone = { viewport: { width: 390, height }, colorScheme: 'dark' as const, hasTouch: true };

const profile = (options: BrowserContextOptions = desk) => site.profile(options);

/** Makes a story with the characters that come with it. */
async function makeStory(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'New room' }).first().click();
  await page.getByLabel('Title').fill(title);
  await page.getByRole('radio', { name: 'Story' }).check();
  await page.getByRole('button', { name: 'Create room' }).click();
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
}

const openPanel = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();

/** Shows all relationships in rows; on a small screen over the conversation. */
async function feelingsOn(page: Page): Promise<string[]> {
  const list = page.getByText('List', { exact: true });
  if (!(await list.isVisible())) await openPanel(page, 'Relationships').click();
  await list.click();
  const rows = await page.locator('.feeling').allInnerTexts();
  return rows.map((row) => row.replace(/\s+/g, ' '));
}

/** What a bot remembers, the latest first. */
async function memoriesOn(page: Page, name: string): Promise<string[]> {
  const closes = page.getByRole('button', { name: 'Close' });
  if (await closes.isVisible()) await closes.click();
  const row = page.getByRole('button', { name: `What ${name} remembers` });
  if (!(await row.isVisible())) await openPanel(page, 'People').click();
  await row.click();
  await page.getByRole('heading', { name: `What ${name} remembers` }).waitFor();
  const texts = await page.locator('.memory-text').allInnerTexts();
  const back = page.getByRole('button', { name: /^(Back to people|Close)$/ });
  expect(await axeFindings(page)).toEqual([]);
  await back.click();
  return texts;
}

async function settled(page: Page, messages: number): Promise<void> {
  const shown = page.locator('[data-message-id]');
  await until(`${messages} messages`, async () => (await shown.count()) === messages);
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
}

test.skipIf(!hasChromium)(
  'a story is felt and remembered the same in two tabs, also after an older reply was written anew',
  async () => {
    const ann = await (await profile()).newPage();
    await signIn(ann, site.url, 'Ann');
    await makeStory(ann, 'The Tidehouse');
    await ann.getByRole('region', { name: 'Scene' }).getByText('The knock at the seaward door').waitFor();
    const ben = await follow(await profile(phone), await makeLink(ann, 'To take part'), 'Ben');
    const eve = await follow(await profile(), await makeLink(ann, 'To watch'), 'Eve');
    const pages = [ann, ben];
    const story = async (page: Page) => ({
      texts: await textsOn(page),
      feelings: await feelingsOn(page),
      maren: await memoriesOn(page, 'Maren'),
      corvin: await memoriesOn(page, 'Corvin'),
    });

    // A greeting, and twice a question, its reply and the word put in on that.
    await send(ann, 'Maren, I trust you. Corvin, do you know who is knocking?');
    for (const page of pages) await settled(page, 4);
    await send(ann, 'Corvin, thank you for the map. Maren, shall we open the door?');
    for (const page of pages) await settled(page, 7);
    const before = await story(ann);
    expect(before.feelings.length).toBeGreaterThan(2);
    expect(before.maren.length).toBeGreaterThan(1);
    expect(await story(ben)).toEqual(before);

    const older = ben.locator('[data-message-id]').nth(2);
    await older.getByRole('button', { name: 'Regenerate' }).click();
    await ben.locator('[data-message-id]').nth(2).getByText('Originally said').waitFor();
    for (const page of pages) await settled(page, 7);
    const after = await story(ann);
    expect(after.texts[2]).not.toBe(before.texts[2]);
    expect(after.maren).not.toEqual(before.maren);
    expect(await story(ben)).toEqual(after);

    expect(await eve.getByRole('button', { name: /Relationships|remembers/ }).count()).toBe(0);
    await openPanel(ann, 'Room settings').click();
    await ann.getByRole('switch', { name: /Spectators see that too/ }).check();
    await ann.getByRole('button', { name: 'Save' }).click();
    await openPanel(eve, 'Relationships').click();
    await until('what Eve was not told before', async () => {
      return JSON.stringify(await feelingsOn(eve)) === JSON.stringify(after.feelings);
    });
  },
  90_000,
);

test.skipIf(!hasChromium)(
  'the picture says who feels what and since which message; scenes change, a bot forgets, the story forks',
  async () => {
    const ann = await (await profile()).newPage();
    await signIn(ann, site.url, 'Ann');
    await makeStory(ann, 'The lighthouse');
    await send(ann, 'Maren, thank you. Corvin, I do not believe you, who is knocking?');
    await settled(ann, 4);
    await openPanel(ann, 'Relationships').click();
    const line = ann.getByRole('button', { name: /^Maren about Ann: affinity \d+/ });
    await line.focus();
    await ann.keyboard.press('Enter');
    const shown = ann.getByRole('region', { name: 'Maren about Ann' });
    const change = shown.getByRole('region', { name: 'History' }).getByRole('listitem').first();
    await change.waitFor();
    expect(await axeFindings(ann)).toEqual([]);
    await change.getByRole('link').click();
    await until('the message in the address', () => Promise.resolve(ann.url().includes('#m-')));
    expect(await ann.locator(':target').isVisible()).toBe(true);

    await ann.getByRole('button', { name: 'Change', exact: true }).click();
    expect(await axeFindings(ann)).toEqual([]);
    await ann.getByLabel('Time').fill('past midnight');
    await ann.getByRole('button', { name: 'Save' }).click();
    await ann.getByRole('region', { name: 'Scene' }).getByText('past midnight').waitFor();
    await ann.getByRole('region', { name: 'Conversation' }).getByText('past midnight').waitFor();

    const reply = ann.locator('[data-message-id]').nth(2);
    await reply.hover();
    await reply.getByRole('button', { name: 'More' }).click();
    await reply.getByRole('button', { name: 'Fork from here' }).click();
    expect(await ann.getByLabel('Title of the new room').inputValue()).toBe('Fork of The lighthouse');
    expect(await axeFindings(ann)).toEqual([]);
    await ann.getByRole('button', { name: 'Fork', exact: true }).click();
    await ann.getByRole('heading', { name: 'Fork of The lighthouse' }).first().waitFor();
    await settled(ann, 3);

    await ann.getByRole('button', { name: 'Manage Maren' }).click();
    await ann.getByRole('button', { name: 'Forget everything…' }).click();
    expect(await axeFindings(ann)).toEqual([]);
    await ann.getByRole('button', { name: 'Yes, forget everything' }).click();
    await ann.getByRole('button', { name: 'What Maren remembers: 0 memories' }).waitFor();
  },
  60_000,
);
