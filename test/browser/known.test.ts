import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasChromium, openSite } from '../support/open-site.ts';
import { type ScriptedEndpoint, says, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { axeFindings, follow, makeLink, signIn } from './pages.ts';

let endpoint: ScriptedEndpoint;
beforeAll(async () => {
  endpoint = await startScriptedEndpoint();
});
afterAll(() => endpoint.close());
const site = openSite(() => ({ endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' } }));
const profile = (options: BrowserContextOptions = {}) =>
  site.profile({ viewport: { width: 1280, height: 860 }, ...options });

/** A room for finding out what is wrong, nobody in it but people; its page shows what is known. */
async function roomToFindOut(title: string): Promise<Page> {
  const page = await (await profile()).newPage();
  await signIn(page, site.url, 'Ann');
  const made = await page.context().request.post(`${site.url}/api/rooms`, {
    data: { title, template: 'troubleshooting' },
  });
  const { room } = (await made.json()) as { room: { id: string } };
  await page.goto(`${site.url}/rooms/${room.id}`);
  await page.getByRole('heading', { name: 'What we know' }).waitFor();
  return page;
}

async function addNote(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a note' }).click();
  await page.getByRole('textbox', { name: 'What you know' }).fill(text);
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: text }).waitFor();
}

const factSaying = (page: Page, text: string) => page.locator('.fact').filter({ hasText: text });

async function editFact(page: Page, text: string, to: string): Promise<void> {
  await factSaying(page, text).hover();
  await factSaying(page, text).getByRole('button', { name: 'Edit fact' }).click();
  await page.getByRole('textbox', { name: 'Fact', exact: true }).fill(to);
}

async function editBlock(page: Page, text: string, to: string): Promise<void> {
  const block = page.locator('.brief-block').filter({ hasText: text });
  await block.hover();
  await block.getByRole('button', { name: 'Change this paragraph' }).click();
  await block.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Paragraph, as markdown' }).fill(to);
}

test.skipIf(!hasChromium)(
  'two people change a fact at once: the second is shown what the first wrote, and says whose words stay',
  async () => {
    const ann = await roomToFindOut('Facts');
    const ben = await follow(await profile(), await makeLink(ann, 'To take part'), 'Ben');
    const eve = await follow(await profile(), await makeLink(ann, 'To watch'), 'Eve');
    await addNote(ann, 'It prints nothing');
    await editFact(ann, 'It prints nothing', 'It prints nothing since eight');
    await editFact(ben, 'It prints nothing', 'It prints blank pages');
    await ann.keyboard.press('Enter');
    await factSaying(eve, 'It prints nothing since eight').waitFor();
    await ben.getByText('Changed meanwhile').waitFor();
    expect(await axeFindings(ben)).toEqual([]);
    await ben.getByRole('button', { name: 'Keep mine' }).click();
    for (const page of [ann, ben, eve]) await factSaying(page, 'It prints blank pages').waitFor();

    const fact = factSaying(ann, 'It prints blank pages');
    await fact.getByRole('button', { name: /Change that/ }).click();
    await fact.getByRole('button', { name: 'Ruled out' }).click();
    await factSaying(eve, 'Ruled out').waitFor();
    expect(
      await eve
        .locator('.known')
        .getByRole('button', { name: /Edit|Remove|Add|Change/ })
        .count(),
    ).toBe(0);

    await editFact(ben, 'It prints blank pages', 'It prints grey pages');
    await fact.hover();
    await fact.getByRole('button', { name: 'Remove fact' }).click();
    await ben.getByText('was removed meanwhile').waitFor();
    await ben.getByRole('button', { name: 'Add it as a note' }).click();
    await factSaying(eve, 'It prints grey pages').waitFor();
    await ann.getByRole('button', { name: 'Undo' }).click();
    await factSaying(eve, 'It prints blank pages').waitFor();
  },
  60_000,
);

test.skipIf(!hasChromium)(
  'a question is answered, a fact is drafted from that, read, reworded and confirmed, and changed by its answer alone',
  async () => {
    const ann = await roomToFindOut('Questions');
    const ben = await follow(await profile(), await makeLink(ann, 'To take part'), 'Ben');
    await ann.getByRole('button', { name: 'Add a question' }).click();
    await ann.getByRole('textbox', { name: 'What is to be asked' }).fill('Since when?');
    await ann.keyboard.press('Enter');
    await ben.getByRole('button', { name: /1 still to be found out/ }).waitFor();
    await ben.getByRole('button', { name: 'Answer', exact: true }).click();
    await ben.getByRole('textbox', { name: 'Answer' }).fill('Since ten past eight, I think.');
    await ben.keyboard.press('Control+Enter');
    await ann.getByText('Since ten past eight, I think.').waitFor();
    endpoint.next(
      says(
        JSON.stringify({ isFact: true, text: 'It began around ten past eight.', summary: 'Ben’s answer' }),
      ),
    );
    await ann.getByRole('button', { name: 'Make this a fact' }).click();
    const draft = ann.getByRole('textbox', { name: 'Fact from the answer' });
    await draft.waitFor();
    expect(await draft.inputValue()).toBe('It began around ten past eight.');
    expect(await axeFindings(ann)).toEqual([]);
    await draft.fill('It began at ten past eight.');
    await ann.keyboard.press('Enter');
    await factSaying(ben, 'It began at ten past eight.').waitFor();
    // What it says is the answer's to change.
    await factSaying(ben, 'It began at').hover();
    await factSaying(ben, 'It began at').getByRole('button', { name: 'Edit fact' }).click();
    await ben.getByRole('button', { name: 'Answer anew' }).click();
    await ben.getByRole('textbox', { name: 'Answer' }).waitFor();
  },
  60_000,
);

test.skipIf(!hasChromium)(
  'the answer to a check may be given in the chat, and quotes it',
  async () => {
    const ann = await roomToFindOut('Checks');
    await ann.getByRole('button', { name: 'Add a check' }).click();
    await ann.getByRole('textbox', { name: 'What is to be checked' }).fill('Turn it off and on');
    await ann.keyboard.press('Enter');
    await ann.getByRole('button', { name: 'Answer in chat' }).click();
    await ann.getByText('Answering the').waitFor();
    await ann.keyboard.type('It works now');
    await ann.keyboard.press('Enter');
    await ann.locator('.task-answer').getByText('It works now').waitFor();
    const message = ann.locator('[data-message-id]').filter({ hasText: 'It works now' });
    await message.getByText('Turn it off and on').waitFor();
    await message.getByRole('link', { name: /told what came of 1 check/ }).waitFor();
    expect(await axeFindings(ann)).toEqual([]);
  },
  60_000,
);

test.skipIf(!hasChromium)(
  'the brief is written together, and read on a phone in the dark',
  async () => {
    const ann = await roomToFindOut('The brief');
    const ben = await follow(await profile(), await makeLink(ann, 'To take part'), 'Ben');
    await ann.getByRole('button', { name: 'Add a section' }).click();
    await ann.getByRole('textbox', { name: 'Heading' }).fill('Where we stand');
    await ann.getByRole('textbox', { name: 'First paragraph, as markdown' }).fill('It is **off**.');
    await ann.keyboard.press('Control+Enter');
    await ben.getByRole('heading', { name: 'Where we stand' }).waitFor();
    await editBlock(ben, 'It is off.', 'It is on.');
    await editBlock(ann, 'It is off.', 'It is broken.');
    await ben.keyboard.press('Control+Enter');
    await ann.getByText('Changed meanwhile').waitFor();
    await ann.getByRole('button', { name: 'Take theirs' }).click();
    for (const page of [ann, ben]) await page.locator('.brief-block').getByText('It is on.').waitFor();
    await editBlock(ann, 'It is on.', 'It is on, and prints.');
    await ann.keyboard.press('Control+Enter');
    await ben.locator('.brief-block').getByText('It is on, and prints.').waitFor();
    expect(await axeFindings(ann)).toEqual([]);

    const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const, hasTouch: true };
    const eve = await follow(await profile(phone), await makeLink(ann, 'To watch'), 'Eve');
    await eve.getByRole('button', { name: 'What we know' }).click();
    await eve.getByRole('dialog').getByText('It is on, and prints.').waitFor();
    expect(await axeFindings(eve)).toEqual([]);
    const overflow = await eve.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBe(0);
  },
  60_000,
);
