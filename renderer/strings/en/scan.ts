// English: what a scan meant, and the sounds.

export const scan = {} as const;
