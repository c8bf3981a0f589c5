// English: buttons of cards and why a slot is switched off. What a failure says comes from the error table.

export const cards = {} as const;
