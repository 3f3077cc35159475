/**
 * Which function a message may call: one of those that are offered, and nothing on the prototype chain behind them. A
 * message that could name `constructor` could run any text as code.
 */
export function ownFunctions<F extends object>(functions: F): (name: string) => F[keyof F] | undefined {
  return (name) => (typeof name === 'string' && Object.hasOwn(functions, name) ? functions[name as keyof F] : undefined);
}
