/** Accelerators: what Electron can read, in one way of writing, so that two names of one key are the same key. */
const MODIFIERS: Readonly<Record<string, string>> = {
  command: 'Meta',
  cmd: 'Meta',
  meta: 'Meta',
  super: 'Meta',
  control: 'Ctrl',
  ctrl: 'Ctrl',
  // Off macOS the one that is meant is Control.
  commandorcontrol: 'Ctrl',
  cmdorctrl: 'Ctrl',
  alt: 'Alt',
  option: 'Alt',
  altgr: 'AltGr',
  shift: 'Shift',
};

const NAMED = new Set(
  `plus space tab capslock numlock scrolllock backspace delete insert return enter up down left right home end pageup pagedown
   escape esc volumeup volumedown volumemute medianexttrack mediaprevioustrack mediastop mediaplaypause printscreen
   num0 num1 num2 num3 num4 num5 num6 num7 num8 num9 numdec numadd numsub nummult numdiv`.split(/\s+/),
);
const SAME: Readonly<Record<string, string>> = { esc: 'escape', enter: 'return', plus: '+' };

/** Null where Electron could not read it. */
export function readAccelerator(accelerator: string): string | null {
  const parts = accelerator.split('+').map((part) => part.trim().toLowerCase());
  const modifiers = new Set<string>();
  let key: string | null = null;
  for (const part of parts) {
    const modifier = MODIFIERS[part];
    if (modifier !== undefined) modifiers.add(modifier);
    else if (key === null && isKey(part)) key = SAME[part] ?? part;
    else return null;
  }
  return key === null ? null : [...[...modifiers].sort(), key].join('+');
}

function isKey(part: string): boolean {
  return /^[\x21-\x7e]$/.test(part) || /^f([1-9]|1\d|2[0-4])$/.test(part) || NAMED.has(part);
}
