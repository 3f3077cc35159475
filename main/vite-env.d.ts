/** The two things of Vite that main uses: raw SQL files and workers. */
interface ImportMeta {
  glob<T>(pattern: string, options: { query: string; import: string; eager: true }): Record<string, T>;
  readonly env: { readonly DEV: boolean };
}
