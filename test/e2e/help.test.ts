// Help lies over a page and gives it back, in Electron over a recorded station (UX.md section 7).
import { expect, test } from 'vitest';
import { usePictureWindow } from './picture-screen.ts';

const pictures = usePictureWindow();

test('F1 in lot set-up opens its own Help, and Esc leads back to the set-up', async () => {
  const { page, show } = pictures();
  await show({ screen: 'lot-setup' });
  await page.keyboard.press('F1');
  await page.getByRole('heading', { name: 'New lot' }).waitFor();
  await page.keyboard.press('Escape');
  const order = page.getByRole('textbox', { name: 'Work order' });
  await order.waitFor();
  expect(await order.inputValue()).toBe('WO-48291');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on with the draft' }).waitFor();
});

test('an open record stays open below Help; Esc closes one at a time, and the focus is never left nowhere', async () => {
  const { page, show } = pictures();
  await show({ screen: 'device-record' });
  const back = page.getByRole('button', { name: 'Back to the list' });
  const hasFocus = () => back.evaluate((button) => button === document.activeElement);
  await back.focus();
  await page.keyboard.press('F1');
  await page.locator('main.help').waitFor();
  expect(await back.isVisible()).toBe(false);
  await page.keyboard.press('Escape');
  await back.waitFor();
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('Escape');
  const field = page.getByRole('textbox', { name: 'Serial or hardware id' });
  await field.waitFor();
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
});

test('arrows that scroll Help leave the screen size below it as it was measured', async () => {
  const { page, show } = pictures();
  await show({ screen: 'first-run' });
  await page.getByRole('button', { name: 'Screen size' }).click();
  const status = page.getByRole('status').filter({ hasText: /It fits|pixels/ });
  const measured = await status.textContent();
  await page.keyboard.press('F1');
  await page.locator('main.help').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await status.waitFor();
  expect(await status.textContent()).toBe(measured);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => status.textContent()).not.toBe(measured);
});
