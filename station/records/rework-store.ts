// What re-work and scrap need of a database; part of `RecordStore`. Writes only happen inside its `transaction`.

export interface PeopleOrder {
  readonly deviceId: number;
  readonly reason: string;
  readonly actorId: string;
  readonly nowMs: number;
}

export interface ReworkStore {
  /** A re-work waits for this device's board. */
  inRework(deviceId: number): boolean;
  /** The job took up a re-work. */
  isRework(jobId: number): boolean;
  insertRework(order: PeopleOrder): void;
  /** The re-work that waits for the device, if any, is this job's. */
  takeRework(deviceId: number, jobId: number): void;
  scrapped(deviceId: number): boolean;
  insertScrap(order: PeopleOrder): void;
  /** Keys of the device that are not discarded. */
  standingKeys(deviceId: number): readonly string[];
}
