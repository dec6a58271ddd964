/** Uniform in [0, 1). */
export interface Random {
  next(): number;
}

export interface IdSource {
  /** A fresh id, sortable by time of making, e.g. `run_01hx…`. */
  next(prefix: string): string;
}

/** SHA-256 of a text, lower-case hex. */
export interface Hash {
  of(text: string): string;
}
