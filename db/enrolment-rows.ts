// The one row of a station's enrolment at its security service.
import { z } from 'zod';
import type { Enrolment, EnrolmentStore } from '../station/outbox/enrolment.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, joined, query } from './statement.ts';

const EnrolmentShape = z.object({
  serviceUrl: z.string(),
  serviceCaPem: z.string(),
  stationCertificatePem: z.string(),
}) satisfies z.ZodType<Enrolment>;

export function enrolmentRows(database: SqliteDatabase): EnrolmentStore {
  const enrolment = query(
    database,
    `SELECT service_url AS serviceUrl, service_ca_pem AS serviceCaPem,
       station_certificate_pem AS stationCertificatePem FROM enrolment`,
    EnrolmentShape,
  );
  const save = change(
    database,
    `INSERT INTO enrolment (one, service_url, service_ca_pem, station_certificate_pem)
     VALUES (1, ?, ?, ?)
     ON CONFLICT (one) DO UPDATE SET service_url = excluded.service_url, service_ca_pem = excluded.service_ca_pem,
       station_certificate_pem = excluded.station_certificate_pem`,
  );
  // A service that enrols this station anew may be one that was set up anew: each CA is made known to it once more, which
  // one that knows it answers with "unchanged". Entries of a CA that it does not know it would refuse for good.
  const forget = change(database, 'UPDATE ca SET registered = 0 WHERE registered = 1');
  return {
    enrolment: () => enrolment.one(),
    saveEnrolment: (row) =>
      joined(database, () => {
        save(row.serviceUrl, row.serviceCaPem, row.stationCertificatePem);
        forget();
      }),
  };
}
