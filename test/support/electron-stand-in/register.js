/** Loaded first (`node --import`): `electron` is the stand-in for everything that the product imports or requires. */
import { registerHooks } from 'node:module';

const imported = new URL('./electron.ts', import.meta.url).href;
const required = new URL('./electron.cjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier !== 'electron') return next(specifier, context);
    return { url: context.conditions.includes('require') ? required : imported, shortCircuit: true };
  },
});
