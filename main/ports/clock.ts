/** Time, as the core asks for it. Nothing in the core calls Date.now or setTimeout itself. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once, not before `delayMs` from now. MUST NOT keep the process alive by itself. Returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}
