// English: lot set-up.

export const setUp = {} as const;
