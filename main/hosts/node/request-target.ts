/** What a request asks for: a path and a query, in origin-form only (RFC 9112 §3.2.1). Never throws. */

export interface RequestTarget {
  /** As written; it is looked up and never decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Null for what is no path: `*`, an absolute URL, `host:port`. */
export function parseTarget(written: string | undefined): RequestTarget | null {
  if (!written?.startsWith('/')) return null;
  const question = written.indexOf('?');
  return question === -1
    ? { path: written, query: new URLSearchParams() }
    : { path: written.slice(0, question), query: new URLSearchParams(written.slice(question + 1)) };
}
