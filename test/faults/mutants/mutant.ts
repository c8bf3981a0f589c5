// What a planted fault is: text of the product that stands there exactly once, and what it becomes in a copy of the tree.
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface Mutant {
  readonly name: string;
  /** The fault of a real product that this is. */
  readonly does: string;
  readonly edits: readonly Edit[];
  /** Which run is to find it: the seeded worlds, or the writer whose page cache is lost. */
  readonly foundBy: 'worlds' | 'power-cut';
}
