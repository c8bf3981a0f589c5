// Which key in which token signs, as a CA store writes it down: names only, nothing secret.

export interface TokenKeyRef {
  /** Absolute path of the vendor's PKCS#11 module, a shared library. */
  readonly module: string;
  /** CK_TOKEN_INFO.label without its padding: 1 to 32 bytes of UTF-8. One token alone may have it. */
  readonly tokenLabel: string;
  /** CKA_LABEL of both halves of the key pair: 1 to 64 bytes of UTF-8. */
  readonly keyLabel: string;
}

/** One token that a module shows, before any PIN. */
export interface TokenView {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  /** It has been given a label and a user PIN. */
  readonly ready: boolean;
  /** What the token says of wrong PINs before: none, some, all but the last try, or locked. */
  readonly pin: 'good' | 'wrong-before' | 'last-try' | 'locked';
}
