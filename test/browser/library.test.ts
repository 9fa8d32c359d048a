import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasChromium, openSite } from '../support/open-site.ts';
import { tinyPdf } from '../support/tiny-pdf.ts';
import { axeFindings, dismissToasts, follow, makeLink, makeRoom, send, signIn, textsOn } from './pages.ts';

const handbook = [
  '# Lighthouse handbook',
  '## The lamp',
  'The lamp burns colza oil. It is trimmed every four hours.',
  '## The fog bell',
  'The fog bell is struck twice a minute while the fog lasts, by hand when the clockwork fails.',
  ...Array.from(
    { length: 60 },
    (_, n) => `## Duty ${n}\n\nOn watch ${n} the keeper writes line ${n} of the log.`,
  ),
].join('\n\n');
const pdf = tinyPdf([
  [{ text: 'The supply boat brings flour and candles on the first Tuesday of the month.' }],
]);

const site = openSite();
const profile = (width = 1280) => site.profile({ viewport: { width, height: 860 } });

/** Ann's room with a handbook and a PDF in its library, brought in through the page. */
async function roomWithFiles(width = 1280): Promise<Page> {
  const page = await (await profile(width)).newPage();
  await signIn(page, site.url, 'Ann');
  await makeRoom(page, 'Lights');
  await page.getByRole('button', { name: /^Library/ }).click();
  await page.getByLabel('Files for the library').setInputFiles([
    { name: 'handbook.md', mimeType: 'text/markdown', buffer: Buffer.from(handbook) },
    { name: 'supplies.pdf', mimeType: 'application/pdf', buffer: pdf },
  ]);
  await Promise.all(
    ['handbook.md', 'supplies.pdf'].map((name) =>
      page.getByText(`${name} is in the library`).first().waitFor(),
    ),
  );
  await page.getByRole('button', { name: 'Read Lighthouse handbook' }).waitFor();
  await page.getByRole('button', { name: 'Read supplies' }).waitFor();
  await dismissToasts(page);
  return page;
}

const cited = (page: Page) => page.locator('.passage-cited');
const panel = (page: Page) => page.locator('.ask');

/** Whether the cited passage begins within the window. */
async function isInSight(page: Page): Promise<boolean> {
  const box = await cited(page).boundingBox();
  return box !== null && box.y > 0 && box.y < 860;
}

async function askQuietly(page: Page, question: string): Promise<void> {
  const answers = panel(page).locator('[data-ask-status=done]');
  const before = await answers.count();
  await page.getByRole('textbox', { name: 'Your question' }).fill(question);
  await page.keyboard.press('Enter');
  await answers.nth(before).waitFor();
}

test.skipIf(!hasChromium)(
  '[LB22] [CI4] two tabs get cited answers from a text and a PDF, and each chip opens its passage',
  async () => {
    const ann = await roomWithFiles();
    const ben = await follow(await profile(), await makeLink(ann, 'To take part'), 'Ben');
    for (const [question, words] of [
      ['How often is the fog bell struck?', 'struck twice a minute'],
      ['When does the supply boat bring flour?', 'first Tuesday of the month'],
    ] as const) {
      const before = await ann.getByText(/^\s*used \d+ of \d+/).count();
      await send(ann, question);
      for (const page of [ann, ben]) {
        await page
          .getByText(/^\s*used \d+ of \d+/)
          .nth(before)
          .waitFor();
        const reply = page.locator('[data-message-text]').last();
        const chips = reply.locator('.citation');
        const opened: (string | null)[] = [];
        expect(await chips.count()).toBeGreaterThan(0);
        for (const chip of await chips.all()) {
          await chip.click();
          await cited(page).waitFor();
          expect(await isInSight(page)).toBe(true);
          opened.push(await cited(page).textContent());
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
        expect(opened.join()).toContain(words);
      }
    }
  },
  90_000,
);

test.skipIf(!hasChromium)(
  '[LB22] a source opens from the list, reads on, and an address leads to a passage of it',
  async () => {
    const page = await roomWithFiles();
    await page.getByRole('button', { name: 'Read Lighthouse handbook' }).click();
    const passages = page.getByRole('region', { name: 'Passages' });
    await passages.getByRole('heading', { name: 'The lamp', exact: true }).waitFor();
    expect(await passages.locator('.passage').count()).toBe(40);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show more' }).click();
    await passages.getByRole('heading', { name: 'Duty 59' }).waitFor();
    const chunk = await passages.locator('.passage').nth(50).getAttribute('data-passage');
    const source = chunk?.slice(0, chunk.lastIndexOf('-'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const room = page.url();
    await page.goto(`${room}#source/${source}/${chunk}`);
    await cited(page).waitFor();
    expect(await cited(page).getAttribute('data-passage')).toBe(chunk);
    expect(await isInSight(page)).toBe(true);
    await page.getByRole('button', { name: 'Show what comes before' }).click();
    await passages.getByRole('heading', { name: 'The lamp', exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(page.url()).toBe(room);
  },
  90_000,
);

test.skipIf(!hasChromium).each([1280, 390])(
  '[AQ1] [AQ4] [AQ5] a question on the side stays there until it is brought into the room, at %i pixels',
  async (width) => {
    const ann = await roomWithFiles(width);
    if (width < 960) await ann.keyboard.press('Escape');
    const ben = await follow(await profile(), await makeLink(ann, 'To take part'), 'Ben');
    const sue = await follow(await profile(), await makeLink(ann, 'To watch'), 'Sue');
    expect(await sue.getByRole('button', { name: 'Ask quietly' }).count()).toBe(0);
    const before = await textsOn(ben);

    await ann.getByRole('button', { name: 'Ask quietly' }).click();
    expect(await ann.locator(':focus').getAttribute('aria-label')).toBe('Your question');
    await askQuietly(ann, 'What does the lamp burn?');
    await askQuietly(ann, 'And when does the supply boat come?');
    expect(await axeFindings(ann)).toEqual([]);
    const chip = panel(ann).locator('.citation').first();
    await chip.click();
    await cited(ann).waitFor();
    expect(await cited(ann).textContent()).toContain('colza oil');
    await ann.keyboard.press('Escape');
    await cited(ann).waitFor({ state: 'detached' });

    // Closed and opened again, it is as it was.
    await ann.getByRole('textbox', { name: 'Your question' }).press('Escape');
    await panel(ann).waitFor({ state: 'detached' });
    expect(await ann.locator(':focus').getAttribute('aria-label')).toBe('Ask quietly');
    await ann.keyboard.press('Enter');
    expect(await panel(ann).locator('[data-ask-status=done]').count()).toBe(2);

    await ann.getByRole('button', { name: 'Bring into the room' }).first().click();
    const box = ann.getByRole('textbox', { name: 'Message', exact: true });
    await ann.locator('.composer textarea:focus').waitFor();
    const brought = await box.inputValue();
    expect(brought).toMatch(/on the side:\n\n> What does the lamp burn\?\n\nThe answer:\n\n> .*\[a\]/s);
    expect(brought).toContain('Sources: [a] Lighthouse handbook, The lamp');
    expect(await textsOn(ben)).toEqual(before);
    await box.press('Enter');
    const quoted = ben.locator('[data-message-text] blockquote');
    await quoted.filter({ hasText: 'What does the lamp burn?' }).first().waitFor();
  },
  90_000,
);

test.skipIf(!hasChromium)(
  '[AQ4] a side question that fails or is forgotten is not lost',
  async () => {
    const page = await (await profile()).newPage();
    await signIn(page, site.url, 'Ann');
    await makeRoom(page, 'Quiet');
    await page.goto(`${page.url()}#ask`);
    await page.getByText('This room has no library yet').waitFor();
    await page.route('**/api/ask', (route) => route.abort());
    await page.getByRole('textbox', { name: 'Your question' }).fill('Who are you?');
    await page.keyboard.press('Enter');
    await panel(page).getByRole('alert').getByText('The server cannot be reached').waitFor();
    await page.unroute('**/api/ask');
    // A server that does not answer can be left waiting.
    await page.route('**/api/ask', () => undefined);
    await panel(page).getByRole('button', { name: 'Ask again' }).click();
    await panel(page).getByRole('button', { name: 'Stop the answer' }).click();
    await panel(page).getByText('You stopped it here').waitFor();
    await page.unroute('**/api/ask');
    await panel(page).getByRole('button', { name: 'Ask again' }).click();
    await panel(page).locator('[data-ask-status=done]').waitFor();
    expect(await panel(page).locator('.ask-question').count()).toBe(1);

    // The server does not know the conversation any more.
    await page.route('**/api/ask', (route) =>
      route.continue({
        postData: (route.request().postData() ?? '').replace(/("conversationId":")[^"]*/, '$1forgotten'),
      }),
    );
    await askQuietly(page, 'And what do you do?');
    await panel(page).getByText('What was asked before has been forgotten').waitFor();
    await panel(page).getByRole('button', { name: 'New conversation' }).click();
    expect(await panel(page).locator('[data-ask-status]').count()).toBe(0);
  },
  60_000,
);
