/**
 * `npm run audit:electron`: Electronegativity over the build, its findings compared with those explained in
 * scripts/electronegativity.json and docs/security.md. One that is not explained fails. Fetched when wanted, since its
 * dependencies are old and many.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, root, runtimeNode } from './runtime.js';

const PACKAGE = '@doyensec/electronegativity@1.10.3';
const LONGEST_MS = 240_000;

ensureInstalled();
ensureBuilt(runtimeNode());

const explained = JSON.parse(readFileSync(join(root, 'scripts', 'electronegativity.json'), 'utf8'));
const electron = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
const folder = mkdtempSync(join(tmpdir(), 'ahoy-electronegativity-'));
const report = join(folder, 'report.sarif');
const args = ['exec', '--yes', '--loglevel=error', `--package=${PACKAGE}`, '--', 'electronegativity'];
const given = process.env.npm_execpath;
const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
const npm = given?.endsWith('.js') ? given : existsSync(beside) ? beside : null;
const options = ['-i', join(root, 'out'), '-e', electron, '-r', '-v', 'false', '-o', report];
// It asks for news on the net first; where there is none, a second try that nobody waits for any more would end it.
const patient = join(folder, 'patient.cjs');
writeFileSync(patient, "process.on('uncaughtException', (error) => process.stderr.write(`${error.message}\\n`));\n");
const how = {
  cwd: folder,
  encoding: 'utf8',
  timeout: LONGEST_MS,
  env: { ...process.env, NODE_OPTIONS: `--require="${patient.replaceAll('\\', '/')}"` },
};
const ran = npm
  ? spawnSync(process.execPath, [npm, ...args, ...options], how)
  : spawnSync('npm', [...args, ...options], { ...how, shell: process.platform === 'win32' });
if (!existsSync(report)) {
  rmSync(folder, { recursive: true, force: true });
  fail(`${ran.stderr ?? ''}\nElectronegativity did not run; it needs npm and a connection to its registry.`);
}
const results = JSON.parse(readFileSync(report, 'utf8')).runs[0].results;
rmSync(folder, { recursive: true, force: true });

const unused = new Set(explained);
let unexplained = 0;
for (const { ruleId, message, locations } of results) {
  const { artifactLocation, region } = locations[0].physicalLocation;
  const path = artifactLocation.uri === 'file:///' ? '' : artifactLocation.uri;
  const file = join(root, 'out', path);
  const line = path && existsSync(file) ? readFileSync(file, 'utf8').split('\n')[region.startLine - 1].trim() : '';
  const known = explained.find((each) => each.check === ruleId && each.file === path && line.includes(each.line));
  if (known) unused.delete(known);
  else unexplained += 1;
  process.stdout.write(
    `${known ? 'known' : 'NEW  '} ${ruleId} ${path ? `${path}:${region.startLine}` : '(all)'} ${line || message.text}\n`,
  );
  if (known) process.stdout.write(`      ${known.why}\n`);
}
for (const { check, line } of unused)
  process.stdout.write(`GONE  ${check} ${line}: remove it from scripts/electronegativity.json and docs/security.md\n`);
process.stdout.write(`${results.length} findings, ${unexplained} of them not explained, ${unused.size} explanations without a finding\n`);
process.exit(unexplained + unused.size === 0 ? 0 : 1);
