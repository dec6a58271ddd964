/** A number that may be unknowable. An unknown one is never zero and never missing: it says why it is unknown. */
export type Figure = { readonly value: number; readonly why: null } | { readonly value: null; readonly why: string };

export const known = (value: number): Figure => ({ value, why: null });

export const unknown = (why: string): Figure => ({ value: null, why });

/** The time from one instant to another; `why` when either is missing. */
export const between = (from: number | null, to: number | null, why: string): Figure =>
  from === null || to === null ? unknown(why) : known(to - from);

/** The largest of several, as long as every one is known: one unknown part leaves the whole unknown. */
export const slowest = (figures: readonly Figure[], whyNone: string): Figure => {
  let most: Figure | null = null;
  for (const figure of figures) {
    if (figure.value === null) return figure;
    if (most === null || most.value === null || figure.value > most.value) most = figure;
  }
  return most ?? unknown(whyNone);
};
