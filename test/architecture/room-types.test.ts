/** What does not belong into a room does not compile there. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

function errorsOf(folder: string): string[] {
  const { stdout } = spawnSync(process.execPath, ['node_modules/@typescript/native/bin/tsc', '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  return [...stdout.matchAll(/([\w-]+\.ts)\(.*?\): error TS\d+: Cannot find name '(\w+)'/g)]
    .map(([, file, name]) => `${file ?? ''}: ${name ?? ''}`)
    .sort();
}

describe('the types of a room', () => {
  it('of the core know neither a window nor a process', () => {
    expect(errorsOf('test/fixtures/architecture-types/core')).toEqual(['uses-the-process.ts: process', 'uses-the-window.ts: window']);
  });

  it('of the renderer know no process', () => {
    expect(errorsOf('test/fixtures/architecture-types/renderer')).toEqual(['uses-the-process.ts: process']);
  });
});
