import { resolveRuntime } from './resolve.ts';

const { executable } = await resolveRuntime();
console.log(executable);
