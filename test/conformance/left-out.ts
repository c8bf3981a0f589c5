// A case that a device need not keep, found out only once it has said what it can.

export class LeftOut extends Error {}
