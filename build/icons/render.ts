import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

/** Draws the icon's sizes from its one SVG; run it after changing the drawing. Usage: node render.ts <chromium> */

const sizes = [16, 24, 32, 48, 64, 128, 256, 512];
const folder = import.meta.dirname;
const svg = readFileSync(join(folder, 'deskbell.svg'), 'utf8');

const browser = await chromium.launch({ executablePath: process.argv[2] ?? 'chromium', chromiumSandbox: false });
const page = await browser.newPage();
await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
for (const size of sizes) {
  await page.setViewportSize({ width: size, height: size });
  await page.screenshot({ path: join(folder, `${size}x${size}.png`), omitBackground: true });
}
await browser.close();
