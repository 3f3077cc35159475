/** The table of rooms holds in the project, and a broken rule is found: shown on a house that breaks each. */
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTypeScriptConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';
import { dependencyRules, layers } from '../../scripts/layers.ts';

async function violations(folders: string[], base: string): Promise<string[]> {
  const { output } = await cruise(
    folders,
    {
      ruleSet: { forbidden: dependencyRules(base) },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['^common/text/generated/', '[.]svelte-check/'] },
    },
    {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
    { tsConfig: extractTypeScriptConfig('tsconfig.json') },
  );
  return (output as ICruiseResult).summary.violations.map((violation) => `${violation.rule.name}: ${violation.from.slice(base.length)}`);
}

describe('the rooms', () => {
  it('import only what the table allows', async () => {
    expect(await violations(['common', 'main', 'preload', 'practice', 'renderer'], '')).toEqual([]);
  });

  it('are each in the table once', () => {
    expect(new Set(layers.map(({ room }) => room)).size).toBe(layers.length);
  });

  it('that break a rule are found', async () => {
    const base = 'test/fixtures/architecture/';
    const found = await violations([`${base}common`, `${base}main`, `${base}renderer`], base);
    expect([...new Set(found)].sort()).toEqual([
      'every-file-in-a-room: main/elsewhere/is-in-no-room.ts',
      'no Node in main/accounts/: main/accounts/imports-node.ts',
      'no-cycles: common/model/cycle-a.ts',
      'no-sibling-features: renderer/features/chat/imports-a-sibling-feature.ts',
      'packages of main/accounts/: main/accounts/imports-a-package.ts',
      'rooms of main/messaging/: main/messaging/imports-a-sibling-domain.ts',
      'rooms of main/sip/: main/sip/imports-what-is-above.ts',
      'rooms of renderer/features/: renderer/features/chat/ImportsTheCore.svelte',
    ]);
  });
});
