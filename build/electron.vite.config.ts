import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = join(import.meta.dirname, '..');
const at = (...parts: string[]) => join(root, ...parts);

const { version }: { version: string } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/** Every HTML file in renderer/ is a window of its own; a new window needs no change here. */
const windows = () =>
  Object.fromEntries(
    readdirSync(at('renderer'))
      .filter((name) => name.endsWith('.html'))
      .map((name) => [basename(name, '.html'), at('renderer', name)]),
  );

/**
 * Main and preload are CommonJS for Node 18, because a sandboxed preload can only be CommonJS and the
 * fallback runtime is Electron 25. Everything is bundled, so that a package carries no node_modules.
 */
const commonjs = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' } as const;
const bundled = { externalizeDeps: false, target: 'node18', sourcemap: true, minify: false } as const;

// biome-ignore lint/style/noDefaultExport: electron-vite reads the default export
export default defineConfig({
  main: {
    build: {
      ...bundled,
      outDir: at('out/main'),
      rollupOptions: { input: { index: at('electron/main/index.ts') }, output: commonjs },
    },
  },
  preload: {
    build: {
      ...bundled,
      isolatedEntries: true,
      outDir: at('out/preload'),
      rollupOptions: {
        input: { desk: at('electron/preload/desk.ts'), engine: at('electron/preload/engine.ts') },
        output: commonjs,
      },
    },
  },
  renderer: {
    // In a plain browser nobody else tells the screens which version they are.
    define: { 'import.meta.env.VITE_VERSION': JSON.stringify(version) },
    root: at('renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome114',
      minify: true,
      sourcemap: true,
      // A data: URL or an inlined module would need a looser content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: windows() },
    },
  },
});
