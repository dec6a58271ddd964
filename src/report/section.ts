/** One table of the report, for every form that shows tables: text only, escaped by the form that prints it. */
export interface Section {
  /** Kebab-case, unique in the report. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What stands in place of an empty table. */
  readonly whenEmpty: string;
}
