import { expect, it } from 'vitest';
import type { Alert } from '../../../../common/model/alert.ts';
import { createAlertBoard } from '../../../../main/app/alert-board.ts';

const stays: Alert = { kind: 'stays-in-tray' };

it('shows an alert by the host and tells the pages; one that does not stand is taken away in silence', () => {
  const said: string[] = [];
  const board = createAlertBoard(
    { show: (key) => void said.push(`host shows ${key}`), remove: (key) => void said.push(`host removes ${key}`) },
    { shown: (key) => void said.push(`told ${key}`), removed: (key) => void said.push(`told off ${key}`) },
  );
  board.show('a', stays);
  expect(board.keys()).toEqual(['a']);
  board.remove('a');
  board.remove('b');
  expect(board.keys()).toEqual([]);
  expect(said).toEqual(['host shows a', 'told a', 'host removes a', 'told off a', 'host removes b']);
});
