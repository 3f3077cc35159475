import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contractDocument } from '../../scripts/contract-document.ts';

it('docs/contract.md says what the contract says (npm run contract writes it)', () => {
  expect(readFileSync('docs/contract.md', 'utf8')).toBe(contractDocument());
});
