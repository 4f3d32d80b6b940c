import { ensureBuilt } from './system/outputs.ts';
import { script } from './system/run.ts';
import { startWebServer } from './web/server.ts';

/** `npm run web`: the same screens in a plain browser, served on this machine alone until it is interrupted. */
const web = async (): Promise<number> => {
  if (!(await ensureBuilt())) return 1;
  const { url } = await startWebServer(Number(process.env.PORT ?? 5180));
  console.log(`Deskbell for the browser: ${url}/desk.html`);
  return 0;
};

await script(web);
