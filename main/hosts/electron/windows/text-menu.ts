/**
 * The menu of a right click on text: the dictionary's suggestions, and what can be done with what is selected, typed
 * or linked. Rows of lists have menus of their own in the page.
 */
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { m } from '../../../../common/text/generated/messages.js';

export type TextUnderPointer = Pick<
  ContextMenuParams,
  'misspelledWord' | 'dictionarySuggestions' | 'isEditable' | 'selectionText' | 'linkURL' | 'editFlags'
>;

export interface TextActions {
  replaceWord(word: string): void;
  learnWord(word: string): void;
  copyLink(url: string): void;
}

/** Empty where there is nothing to be done. */
export function textMenu(under: TextUnderPointer, actions: TextActions): MenuItemConstructorOptions[] {
  const groups = [spelling(under, actions), editing(under), linked(under, actions)].filter((group) => group.length > 0);
  return groups.flatMap((group, index) => (index === 0 ? group : [{ type: 'separator' } as const, ...group]));
}

function spelling({ misspelledWord, dictionarySuggestions }: TextUnderPointer, actions: TextActions): MenuItemConstructorOptions[] {
  if (misspelledWord === '') return [];
  const suggestions = dictionarySuggestions.map((word) => ({
    label: word,
    click: () => {
      actions.replaceWord(word);
    },
  }));
  return [
    ...(suggestions.length > 0 ? suggestions : [{ label: m.text_menu_no_suggestion(), enabled: false }]),
    {
      label: m.text_menu_learn({ word: misspelledWord }),
      click: () => {
        actions.learnWord(misspelledWord);
      },
    },
  ];
}

function editing({ isEditable, selectionText, editFlags }: TextUnderPointer): MenuItemConstructorOptions[] {
  const copy = { role: 'copy', label: m.text_menu_copy(), enabled: editFlags.canCopy } as const;
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'cut', label: m.text_menu_cut(), enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: m.text_menu_paste(), enabled: editFlags.canPaste },
    { role: 'selectAll', label: m.text_menu_select_all(), enabled: editFlags.canSelectAll },
  ];
}

function linked({ linkURL }: TextUnderPointer, actions: TextActions): MenuItemConstructorOptions[] {
  // Our own pages link to nothing inside of themselves.
  if (linkURL === '' || linkURL.startsWith('app:')) return [];
  return [
    {
      label: m.text_menu_copy_link(),
      click: () => {
        actions.copyLink(linkURL.replace(/^(?:mailto|tel):/i, ''));
      },
    },
  ];
}
