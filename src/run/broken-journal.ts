/** A journal that cannot be replayed means we no longer know where traffic goes. Stop, and page a human. */
export class BrokenJournal extends Error {
  override readonly name = 'BrokenJournal';
}
