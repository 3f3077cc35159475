import { expect, it } from 'vitest';
import { drawableName } from '../../../../common/model/display-name.ts';

it.each([
  ['\u202Emoc.knab\u202C', 'moc.knab'],
  ['\u2066bank\u2069.com', 'bank.com'],
  ['two\r\nlines', 'two lines'],
  ['bell\u0007 and zero\u200Bwidth\uFEFF', 'bell  and zerowidth'],
  ['محمد الأمين', 'محمد الأمين'],
  ['x'.repeat(500), 'x'.repeat(200)],
])('%j is drawn as %j', (text, drawn) => {
  expect(drawableName(text)).toBe(drawn);
});
