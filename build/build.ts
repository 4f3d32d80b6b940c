import { buildNow } from './system/outputs.ts';

process.exitCode = await buildNow();
