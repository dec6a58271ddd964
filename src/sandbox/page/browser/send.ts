import type { Act, ActOutcome } from '../types.ts';

/** Does an act; gives the sentence to show, null when all went well. Never throws. */
export const send = async (act: Act): Promise<string | null> => {
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(act),
    });
    if (!response.ok) return (await response.text()).trim();
    const { problem }: ActOutcome = await response.json();
    return problem;
  } catch {
    return 'The sandbox does not answer.';
  }
};
