/** `npm start`: installs and builds where needed, then starts Ahoy by Electron or by the Node host. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { become, ensureBuilt, ensureInstalled, fail, root, run, runtimeNode } from './runtime.js';

const USAGE = 'npm start -- [--host=node|electron] [--profile DIR] [--port N] [--no-open] [--passphrase-file FILE]';

function readOptions() {
  try {
    return parseArgs({
      options: {
        host: { type: 'string' },
        profile: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        'passphrase-file': { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`);
  }
}

/** Where it is noted that the runtime could not be fetched; a network that swallows the try would cost a minute each start. */
const NOT_FETCHED = join(root, 'node_modules', '.electron-not-fetched');
const TRY_AGAIN_MS = 24 * 3600 * 1000;

/** The Electron runtime's program, fetched where that is possible; null where there is none. `insists`: a failed try of today does not count. */
function findElectron(node, insists) {
  const packageFolder = join(root, 'node_modules', 'electron');
  const pathFile = join(packageFolder, 'path.txt');
  const program = () => {
    if (!existsSync(pathFile)) return null;
    const path = join(packageFolder, 'dist', readFileSync(pathFile, 'utf8').trim());
    return existsSync(path) ? path : null;
  };
  const triedLately = existsSync(NOT_FETCHED) && Date.now() - statSync(NOT_FETCHED).mtimeMs < TRY_AGAIN_MS;
  const install = join(packageFolder, 'install.js');
  if (program() === null && existsSync(install) && (insists || !triedLately)) {
    run(node, [install], { stdio: 'ignore', timeout: 60_000 });
    if (program() === null) writeFileSync(NOT_FETCHED, '');
  }
  return program();
}

const options = readOptions();
if (options.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
if (options.host !== undefined && options.host !== 'node' && options.host !== 'electron')
  fail(`--host is node or electron, not ${options.host}`);

ensureInstalled();
const node = runtimeNode();
ensureBuilt(node);

const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
let electron = null;
if (options.host === 'electron') {
  electron = findElectron(node, true);
  if (!electron)
    fail('There is no Electron runtime here and it could not be fetched. `npm start -- --host=node` runs Ahoy in a browser window.');
} else if (options.host === undefined) {
  if (headless || options['no-open'])
    process.stdout.write(headless ? 'No display here: Ahoy runs by its Node host.\n' : 'No window wanted: Ahoy runs by its Node host.\n');
  else {
    electron = findElectron(node, false);
    if (!electron)
      process.stdout.write('No Electron runtime here and none to be fetched: Ahoy runs by its Node host, in a browser window.\n');
  }
}

if (electron) {
  become(electron, ['.', ...(options.profile ? [`--profile=${options.profile}`] : [])]);
} else {
  become(node, [
    join(root, 'out', 'main', 'node.js'),
    ...(options.profile ? ['--profile', options.profile] : []),
    ...(options.port ? ['--port', options.port] : []),
    ...(options['no-open'] ? ['--no-open'] : []),
    ...(options['passphrase-file'] ? ['--passphrase-file', options['passphrase-file']] : []),
  ]);
}
