/** What the product asked of the system and nothing here can show: kept in order, for tests to read. */
export const record = {
  openedUrls: [] as string[],
  openedPaths: [] as string[],
  shownInFolder: [] as string[],
  errorBoxes: [] as { title: string; content: string }[],
  relaunches: [] as { args?: readonly string[]; execPath?: string }[],
  beeps: 0,
  /** Calls without an effect, by name. */
  calls: [] as string[],
};

export function recorded(call: string): void {
  record.calls.push(call);
}
