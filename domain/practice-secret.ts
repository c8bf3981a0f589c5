// The factory secret of practice boards. Public on purpose and no secret: all that it helps to make says TEST.

/** Name under which a recipe asks for it; a real station refuses a secret of this name. */
export const PRACTICE_SECRET_NAME = 'practice';

/** 32 bytes that spell what they are. */
export const PRACTICE_SECRET: Uint8Array = new TextEncoder().encode('keyline practice factory secret!');
