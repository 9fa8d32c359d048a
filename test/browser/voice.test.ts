import { expect, test } from 'vitest';
import { hasChromium, openSite } from '../support/open-site.ts';
import { axeFindings, makeRoom, signIn } from './pages.ts';

const site = openSite();

test.skipIf(!hasChromium)(
  'a bot is given a voice, and its room says how much of it is heard',
  async () => {
    const context = await site.profile();
    const page = await context.newPage();
    await signIn(page, site.url, 'Ann');
    await makeRoom(page, 'Voices');

    await page.getByRole('button', { name: /^Manage / }).click();
    await page.getByText('Voice', { exact: true }).click();
    await page.getByLabel('Tone').fill('Dry and kind');
    await page.getByLabel('Signature phrases').fill('Well then.\nOff we go.');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save the voice' }).click();
    await page.getByText(/^The voice of .* is saved$/).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();

    await page.getByRole('button', { name: 'Room settings' }).click();
    const slider = page.getByRole('slider', { name: 'How much bots speak in their own voice' });
    await page.getByText('What is added to the prompt of a bot').click();
    await slider.fill('0.6');
    const added = page.locator('.voice-added');
    expect(await added.textContent()).toContain('- Signature phrases: “Well then.”, “Off we go.”');
    await slider.fill('0.2');
    expect(await added.textContent()).not.toContain('Signature phrases');
    expect(await slider.getAttribute('aria-valuetext')).toBe('Subtly referenced');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Room settings saved').waitFor();

    await page.getByRole('button', { name: 'Room settings' }).click();
    expect(await slider.inputValue()).toBe('0.2');
  },
  60_000,
);
