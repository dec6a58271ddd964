import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

const fieldsOf = (row: unknown): readonly unknown[] => (Array.isArray(row) ? row : []);

/** A prepared question whose rows come as arrays in the order of its columns: less work per row than objects with names. */
export class Query {
  readonly #statement: StatementSync;

  constructor(db: DatabaseSync, sql: string) {
    this.#statement = db.prepare(sql);
    this.#statement.setReturnArrays(true);
  }

  all(...parameters: readonly SQLInputValue[]): readonly (readonly unknown[])[] {
    return this.#statement.all(...parameters).map(fieldsOf);
  }

  /** The first row, or null when there is none. */
  first(...parameters: readonly SQLInputValue[]): readonly unknown[] | null {
    const row: unknown = this.#statement.get(...parameters);
    return row === undefined ? null : fieldsOf(row);
  }

  /** The first column of the first row as a number; 0 when there is no row. */
  number(...parameters: readonly SQLInputValue[]): number {
    return Number(this.first(...parameters)?.[0] ?? 0);
  }
}
