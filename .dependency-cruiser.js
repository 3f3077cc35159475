import { dependencyRules } from './scripts/layers.ts';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: dependencyRules(),
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^common/text/generated/', '[.]svelte-check/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
};
