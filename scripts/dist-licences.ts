/** Whether the licence lists of a package name everything that was bundled, each with its text. */

/** The packages a list names, and those among them without a text. */
export function readLicenceList(list: string): { readonly names: string[]; readonly withoutText: string[] } {
  const names: string[] = [];
  const withoutText: string[] = [];
  for (const section of list.split(/^## /m).slice(1)) {
    const [title = '', ...text] = section.split('\n');
    const name = /^(@?[^\s]+)/.exec(title)?.[1] ?? title;
    names.push(name);
    if (text.join('').trim() === '') withoutText.push(name);
  }
  return { names, withoutText };
}

/** The packages a source map shows code of: node_modules/NAME or node_modules/@SCOPE/NAME, the innermost. */
export function packagesInMap(map: string): string[] {
  const { sources } = JSON.parse(map) as { readonly sources: readonly string[] };
  const names = sources.flatMap((source) => {
    const inside = source.split('node_modules/').slice(1).at(-1);
    return inside === undefined ? [] : [/^(?:@[^/]+\/)?[^/]+/.exec(inside)?.[0] ?? inside];
  });
  return [...new Set(names)].sort();
}
