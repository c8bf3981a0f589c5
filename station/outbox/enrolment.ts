// What a station keeps of its enrolment at a security service. The station's key stays with its signer.

export interface Enrolment {
  /** `https://host:port`, without a path. */
  readonly serviceUrl: string;
  /** The only CA that the station believes for this service, PEM. */
  readonly serviceCaPem: string;
  readonly stationCertificatePem: string;
}

export interface EnrolmentStore {
  enrolment(): Enrolment | null;
  saveEnrolment(enrolment: Enrolment): void;
}
