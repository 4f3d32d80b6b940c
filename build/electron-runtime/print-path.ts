import { script } from '../system/run.ts';
import { resolveRuntime } from './resolve.ts';

/** `npm run -s electron:path`: the path alone on stdout, for other tools to use. */
await script(async () => {
  const { executable } = await resolveRuntime();
  console.log(executable);
  return 0;
});
