import { ensureBuilt } from './system/outputs.ts';
import { startWebServer } from './web/server.ts';

/** `npm run web`: the same screens in a plain browser, served on this machine alone. */
if (!(await ensureBuilt())) process.exit(1);
const { url } = await startWebServer(Number(process.env.PORT ?? 5180));
console.log(`Deskbell for the browser: ${url}/desk.html`);
