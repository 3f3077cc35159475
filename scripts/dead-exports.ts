/**
 * Finds exports that nothing imports. A value must be named in another file; a type at least once more in its
 * own, where it may be part of what another export is. Names are compared as words, which finds the dead ones
 * that matter and never calls a living one dead.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const exporting = ['common', 'main', 'preload', 'practice', 'renderer'];
const importing = [...exporting, 'test', 'bench', 'scripts'];
/** Entries, whose exports a tool reads. */
const exempt = new Set(['renderer/svelte.config.js']);
const EXPORT = /^export (?:declare )?(?:async )?(const|let|function\*?|class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm;

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|js|svelte)$/.test(entry.name) && !/generated|fixtures/.test(entry.parentPath))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const words = new Map<string, Map<string, number>>();
for (const path of importing.flatMap(sources)) {
  const counts = new Map<string, number>();
  for (const [word] of readFileSync(join(root, path), 'utf8').matchAll(/[A-Za-z_$][\w$]*/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  words.set(path, counts);
}

const dead: string[] = [];
for (const path of exporting.flatMap(sources)) {
  if (exempt.has(path)) continue;
  for (const [, kind, name = ''] of readFileSync(join(root, path), 'utf8').matchAll(EXPORT)) {
    const elsewhere = [...words].some(([other, counts]) => other !== path && counts.has(name));
    const isType = kind === 'interface' || kind === 'type';
    const usedHere = (words.get(path)?.get(name) ?? 0) > 1;
    // A schema of the model is named beside its type; what it is part of may be all that others name.
    const isSchema = path.startsWith('common/model/') && usedHere;
    if (!elsewhere && !isSchema && !(isType && usedHere)) dead.push(`${path}: ${name}`);
  }
}
for (const line of dead) process.stdout.write(`${line}\n`);
process.exit(dead.length === 0 ? 0 : 1);
