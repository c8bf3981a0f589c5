// What the API asks of a station.
import type { z } from 'zod';
import type { CopyPlan, MadeCopy } from '../../contract/backup-api.ts';
import type { CarryReceived, CarryWritten } from '../../contract/carry-api.ts';
import type { LotDraft, Readiness, RecipeView, SavedDraft } from '../../contract/lots-api.ts';
import type { NewPerson, SignIn } from '../../contract/people-api.ts';
import type { Decision, ReconcilePage, ReconcileRow } from '../../contract/reconcile-api.ts';
import type { CaView } from '../../contract/signing-api.ts';
import type { SlotOrder } from '../../contract/slot-api.ts';
import type { LotOrder, StationStatus } from '../../contract/station-api.ts';
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
  createLot(actorId: string, order: LotOrder): Promise<LotView>;
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
  findPorts(ports: string): Promise<string[]>;
  setBench(bench: Bench): void;
  setPixel(pixelMm: number): void;
  readonly lots: LiveLots;
  readonly backups: LiveBackups;
  readonly carry: LiveCarry;
  readonly reconcile: LiveReconcile;
  readonly people: LivePeople;
  readonly signing: LiveSigning;
  readonly upkeep: LiveUpkeep;
}

export interface LiveLots {
  list(): LotView[];
  recipes(): RecipeView[];
  draft(): SavedDraft | null;
  saveDraft(draft: LotDraft): SavedDraft;
  check(draft: LotDraft): Readiness;
  release(actorId: string, draft: LotDraft): LotView;
}

export interface LiveBackups {
  make(actorId: string, dir: string | null): Promise<z.input<typeof MadeCopy>>;
  readonly plan: z.infer<typeof CopyPlan>;
  setPlan(actorId: string, plan: z.infer<typeof CopyPlan>): void;
}

export interface LiveReconcile {
  list(after: string | null): Promise<ReconcilePage>;
  compare(fingerprint: string): Promise<ReconcileRow>;
  decide(actorId: string, order: ReconcileOrder): Promise<ReconcileRow>;
}

export interface LiveCarry {
  write(file: string, afterId: number): Promise<z.infer<typeof CarryWritten>>;
  receive(file: string): z.infer<typeof CarryReceived>;
}

export interface LivePeople {
  list(): PersonView[];
  add(actorId: string, person: NewPerson): Promise<PersonView>;
  signIn(how: SignIn): Promise<void>;
  signOut(): void;
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
