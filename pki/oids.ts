// The object identifiers of the IDevID profile and the CAs above it (RFC 5280, RFC 4108, RFC 5480, 802.1AR).

export const OID = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  hardwareModuleName: '1.3.6.1.5.5.7.8.4',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;
