/** Makes sure that an amendment is made once, however many stacks there are. */
const made = new Set<string>();

/** Runs `amend` the first time this name comes by. */
export function once(name: string, amend: () => void): void {
  if (made.has(name)) return;
  made.add(name);
  amend();
}
