// What the API asks of a station.
import type { z } from 'zod';
import type { CopyPlan, CopyState, MadeCopy } from '../../contract/backup-api.ts';
import type { CarryReceived, CarryWritten } from '../../contract/carry-api.ts';
import type {
  DeviceQuery,
  DeviceRecord,
  FoundPage,
  IdentityCheck,
  SavedRecord,
  SecondPerson,
  SeenDevice,
} from '../../contract/devices-api.ts';
import type { JournalExported, JournalPage, JournalVerdict } from '../../contract/journal-api.ts';
import type { LabelScan, LabelScanned } from '../../contract/labels-api.ts';
import type { LotPage, WrittenReport } from '../../contract/lot-page-api.ts';
import type { LotDraft, Readiness, RecipeView, SavedDraft } from '../../contract/lots-api.ts';
import type { OutboxState, RefusedPage } from '../../contract/outbox-api.ts';
import type { NewPerson, SignIn, TerminalSignIn } from '../../contract/people-api.ts';
import type { Decision, ReconcilePage, ReconcileRow } from '../../contract/reconcile-api.ts';
import type { CaView } from '../../contract/signing-api.ts';
import type { SlotOrder } from '../../contract/slot-api.ts';
import type { LotOrder, StationStatus } from '../../contract/station-api.ts';
import type { LabelSettings, LabelsView, LabelView } from '../../domain/labels-view.ts';
import type { LotCommand } from '../../domain/lot.ts';
import type { PersonView, Preferences, Role } from '../../domain/person.ts';
import type { LotView, SlotView, StationEvent, StationFacts, SyncView } from '../../domain/station-event.ts';
import type { Secret } from '../identity/secret.ts';
import type { Subscribe } from './event-queue.ts';
import type { LiveUpkeep } from './live-upkeep.ts';

export type Bench = NonNullable<StationFacts['bench']>;

export interface ReconcileOrder {
  readonly fingerprint: string;
  readonly decision: Decision;
  readonly lotId: string | null;
}

export interface LotCommandOrder {
  readonly lotId: string;
  readonly command: LotCommand;
  readonly because: string | null;
  readonly writeOff: boolean;
}

/** Each throws KeylineError as the station's own docs say. `actorId`: who is to stand in the audit events. */
export interface LiveStation {
  status(): z.input<typeof StationStatus>;
  facts(): StationFacts;
  readonly watch: Subscribe<StationEvent>;
  commandLot(actorId: string, order: LotCommandOrder): LotView;
  isPaused(lotId: string): boolean;
  startLine(
    actorId: string,
    order: { readonly lotId: string; readonly bench: Bench | null },
  ): Promise<{ slots: number }>;
  stopLine(): Promise<void>;
  lookAgain(): { stoppedBy: string | null };
  commandSlot(actorId: string, order: SlotOrder): SlotView | Promise<SlotView>;
  sync(): Promise<SyncView>;
  unlock(actorId: string, passphrase: Secret): Promise<void>;
  readonly bench: LiveBench;
  readonly lots: LiveLots;
  readonly devices: LiveDevices;
  readonly lotPages: { read(lotId: string): LotPage };
  readonly reports: LiveReports;
  readonly backups: LiveBackups;
  readonly carry: LiveCarry;
  readonly reconcile: LiveReconcile;
  readonly outbox: LiveOutbox;
  readonly journal: LiveJournal;
  readonly people: LivePeople;
  readonly signing: LiveSigning;
  readonly labels: LiveLabels;
  readonly upkeep: LiveUpkeep;
}

export interface LiveBench {
  find(ports: string): Promise<string[]>;
  set(bench: Bench): void;
  setPixel(pixelMm: number): void;
}

export interface LiveLots {
  list(): LotView[];
  create(actorId: string, order: LotOrder): Promise<LotView>;
  recipes(): RecipeView[];
  draft(): SavedDraft | null;
  saveDraft(draft: LotDraft): SavedDraft;
  check(draft: LotDraft): Readiness;
  release(actorId: string, draft: LotDraft): LotView;
}

interface DeviceOrder {
  readonly deviceId: number;
  readonly reason: string;
}

interface SeenOrder extends DeviceOrder {
  readonly seen: SeenDevice;
}

export interface LiveDevices {
  find(query: DeviceQuery): FoundPage;
  show(device: string): DeviceRecord | null;
  check(actorId: string, deviceId: number): Promise<IdentityCheck>;
  rework(actorId: string, order: SeenOrder): DeviceRecord;
  scrap(actorId: string, order: SeenOrder): DeviceRecord;
  revoke(actorId: string, order: DeviceOrder & { readonly second: SecondPerson | null }): Promise<DeviceRecord>;
  save(deviceId: number): SavedRecord;
}

export interface LiveReports {
  exportCsv(lotId: string): { readonly file: string; readonly boards: number };
  soFar(lotId: string): Promise<WrittenReport>;
  sign(actorId: string, lotId: string): void;
  print(lotId: string): Promise<void>;
}

export interface LiveBackups {
  make(actorId: string, dir: string | null): Promise<z.input<typeof MadeCopy>>;
  readonly plan: z.infer<typeof CopyPlan>;
  state(): CopyState;
  setPlan(actorId: string, plan: z.infer<typeof CopyPlan>): void;
}

export interface LiveReconcile {
  list(after: string | null): Promise<ReconcilePage>;
  compare(fingerprint: string): Promise<ReconcileRow>;
  decide(actorId: string, order: ReconcileOrder): Promise<ReconcileRow>;
}

export interface LiveOutbox {
  state(): OutboxState;
  refused(afterId: number): RefusedPage;
  sendAgain(actorId: string, id: number): SyncView;
}

export interface LiveJournal {
  list(before: number | null, search: string): JournalPage;
  verify(): Promise<JournalVerdict>;
  export(actorId: string, file: string): Promise<JournalExported>;
}

export interface LiveCarry {
  write(actorId: string, file: string, afterId: number): Promise<z.infer<typeof CarryWritten>>;
  receive(file: string): z.infer<typeof CarryReceived>;
}

export interface LivePeople {
  list(): PersonView[];
  add(actorId: string, person: NewPerson): Promise<PersonView>;
  signIn(how: SignIn): Promise<void>;
  /** Before what cannot be taken back: the PIN once more of whoever is signed in. */
  confirm(actorId: string, pin: string | null): Promise<void>;
  signOut(): void;
  openSession(how: TerminalSignIn, lasting: boolean): Promise<string>;
  closeSession(session: string): void;
  personOf(session: string): PersonView | null;
  prefer(preferences: Preferences): void;
  readonly changes: LivePersonChanges;
}

export interface LivePersonChanges {
  setRole(actorId: string, personId: string, role: Role): PersonView;
  setBadge(actorId: string, personId: string, badge: string | null): Promise<PersonView>;
  resetPin(actorId: string, personId: string, pin: string): Promise<PersonView>;
  erase(actorId: string, personId: string): void;
}

export interface LiveSigning {
  list(): CaView[];
  /** The PIN is borrowed and used once. */
  login(actorId: string, name: string, pin: Secret): Promise<CaView>;
  test(actorId: string, name: string): Promise<{ signMs: number }>;
  rotate(actorId: string, name: string): Promise<CaView[]>;
}

export interface LiveLabels {
  view(): LabelsView;
  set(actorId: string, settings: LabelSettings): LabelsView;
  test(actorId: string): Promise<LabelsView>;
  of(deviceSerial: string): LabelView | null;
  print(actorId: string, deviceSerial: string): Promise<LabelView>;
  printWaiting(actorId: string): Promise<LabelsView>;
  scan(actorId: string, scan: LabelScan): LabelScanned;
}
