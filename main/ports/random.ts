/** Randomness, as the core asks for it. */
export interface Random {
  /** A new identity of at least 120 random bits, of letters, digits and hyphens. */
  id(): string;
  /** Uniform in [0, 1). */
  fraction(): number;
}
