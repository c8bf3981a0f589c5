// English: Sign in.

export const signIn = {} as const;
