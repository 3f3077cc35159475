/** Runs a script by the Node that the lock brings: `node scripts/node24.js FILE [ARGUMENT…]`. Builds first where needed. */
import { become, ensureBuilt, ensureInstalled, runtimeNode } from './runtime.js';

ensureInstalled();
const node = runtimeNode();
ensureBuilt(node);
become(node, process.argv.slice(2));
