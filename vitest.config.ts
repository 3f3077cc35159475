/** Tests by kind, as docs/testing.md lists them. */
import { resolve } from 'node:path';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './test/support/chromium.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

const node = (name: string, timeoutMs: number, inParallel: boolean) => ({
  test: {
    name,
    environment: 'node' as const,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeoutMs,
    hookTimeout: 60_000,
    fileParallelism: inParallel,
  },
});

export default defineConfig({
  test: {
    projects: [
      node('unit', 10_000, true),
      node('contract', 20_000, true),
      node('protocol', 20_000, true),
      node('architecture', 60_000, true),
      node('attack', 60_000, false),
      node('interop', 120_000, false),
      {
        plugins: [
          paraglideVitePlugin({
            project: at('common/text/project.inlang'),
            outdir: at('common/text/generated'),
            strategy: ['baseLocale'],
            emitTsDeclarations: true,
          }),
          svelte({ configFile: at('renderer/svelte.config.js') }),
        ],
        test: {
          name: 'component',
          include: ['test/component/**/*.test.ts'],
          testTimeout: 20_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: chromiumLaunch,
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
