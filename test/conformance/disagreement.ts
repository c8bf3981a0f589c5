// A device and the document say different things: what the document asks for, what came.

export class Disagreement extends Error {
  readonly expected: string;
  readonly got: string;

  /** `clause` where a rule was broken that holds for every answer; else the case names it. */
  constructor(expected: string, got: string, clause: string | null = null) {
    super(`${clause === null ? '' : `clause ${clause}: `}expected ${expected}, got ${got}`);
    this.name = 'Disagreement';
    this.expected = expected;
    this.got = got;
  }
}
