import { buildNow } from './system/outputs.ts';
import { script } from './system/run.ts';

await script(buildNow);
