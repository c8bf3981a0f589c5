// English: the list of lots, and a lot chosen on an empty Line.

export const lots = {} as const;
