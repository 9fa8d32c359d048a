import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';

const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

type Violation = { id: string; nodes: { target: string[]; failureSummary?: string }[] };

/** What axe finds wrong with a page as it stands, a line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  // The page's own policy forbids injected scripts; evaluating in the page is the browser's, not the page's, doing.
  await page.evaluate(axeSource);
  const found = (await page.evaluate('axe.run()')) as { violations: Violation[] };
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Signs in by name on the landing page. */
export async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Rooms', exact: true }).waitFor();
}

/** Makes a room with the assistant that the dialog offers, and waits until it shows. */
export async function makeRoom(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'New room' }).first().click();
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Create room' }).click();
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
}

/** Makes an invite link in the room that the page shows. */
export async function makeLink(page: Page, purpose: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite' }).first().click();
  await page.getByRole('radio', { name: purpose }).check();
  await page.getByRole('button', { name: 'Create link' }).click();
  const link = await page.getByRole('textbox', { name: 'Invite link' }).inputValue();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return link;
}

/** Follows an invite link in a browser of its own. */
export async function follow(context: BrowserContext, link: string, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel(/Your name/).fill(name);
  await page.keyboard.press('Enter');
  await page.getByTestId('timeline').waitFor();
  return page;
}

/** Dismisses what the page says in passing, which goes by itself, but after seconds. */
export async function dismissToasts(page: Page): Promise<void> {
  // All at once: one that goes meanwhile cannot be clicked.
  await page.evaluate("document.querySelectorAll('.toast-close').forEach((close) => close.click())");
  await page.locator('.toast').first().waitFor({ state: 'detached' });
}

export async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

/** The texts of the messages that stand on the timeline, streaming ones included, in order. */
export function textsOn(page: Page): Promise<string[]> {
  return page.locator('[data-message-text]').allTextContents();
}
