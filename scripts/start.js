/** `npm start`: installs and builds where needed, then starts Ahoy by Electron or by the Node host. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { become, ensureBuilt, ensureInstalled, fail, root, run, runtimeNode } from './runtime.js';

const USAGE = 'npm start -- [--host=node|electron] [--profile DIR] [--port N] [--no-open]';

function readOptions() {
  try {
    return parseArgs({
      options: {
        host: { type: 'string' },
        profile: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`);
  }
}

/** The Electron runtime's program, or null with the reason why there is none. */
function findElectron(node, mayFetch) {
  const packageFolder = join(root, 'node_modules', 'electron');
  const pathFile = join(packageFolder, 'path.txt');
  const program = () => {
    if (!existsSync(pathFile)) return null;
    const path = join(packageFolder, 'dist', readFileSync(pathFile, 'utf8').trim());
    return existsSync(path) ? path : null;
  };
  if (program() || !mayFetch) return program();
  const install = join(packageFolder, 'install.js');
  if (existsSync(install)) run(node, [install], { stdio: 'ignore', timeout: 60_000 });
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
    electron = findElectron(node, true);
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
  ]);
}
