/** How Ahoy is built: two main entries (Electron and the Node host), the thread of the media gateway, the preload, three renderer pages. */
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { paraglideVitePlugin } from '@inlang/paraglide-js';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** Windows and the Electron host speak by the same catalogue. Whichever is built first in a fresh clone writes it. */
const messages = () =>
  paraglideVitePlugin({
    project: at('common/text/project.inlang'),
    outdir: at('common/text/generated'),
    strategy: ['baseLocale'],
    emitTsDeclarations: true,
  });

export default defineConfig({
  main: {
    plugins: [messages()],
    build: {
      target: 'node24',
      outDir: at('out/main'),
      sourcemap: true,
      license: true,
      rolldownOptions: {
        input: { electron: at('main/electron.ts'), node: at('main/node.ts'), 'gateway-worker': at('main/gateway/worker.ts') },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      // A sandboxed preload can require only electron and a few of its own modules, and cannot be an ES module.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    publicDir: at('renderer/public'),
    build: {
      target: 'chrome140',
      outDir: at('out/renderer'),
      minify: true,
      license: true,
      modulePreload: { polyfill: false },
      // Inlined images would need data: sources in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          index: at('renderer/index.html'),
          call: at('renderer/call.html'),
          incoming: at('renderer/incoming.html'),
          dial: at('renderer/dial.html'),
        },
      },
    },
    plugins: [messages(), svelte({ configFile: at('renderer/svelte.config.js') })],
  },
});
