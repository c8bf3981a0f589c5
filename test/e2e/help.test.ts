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
