/** Several things in one sentence: `a, b and c`. */
const conjunction = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export function listWords(words: readonly string[]): string {
  return conjunction.format(words);
}
