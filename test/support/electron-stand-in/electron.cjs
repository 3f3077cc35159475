/** The stand-in for whoever requires it (electron-updater does): what is not backed throws instead of being undefined. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- what is required has to be CommonJS
const backed = require('./electron.ts');

module.exports = new Proxy(
  {},
  {
    get(_target, name) {
      if (typeof name === 'symbol' || name in backed || name === '__esModule') return backed[name];
      throw new Error(`the stand-in for Electron does not back ${name}`);
    },
    has: (_target, name) => name in backed,
  },
);
