// What the API asks of a station behind Settings and Diagnostics.
import type { CloudView } from '../../contract/cloud-api.ts';
import type { SelfCheck, SlotHeat, SlotResult, TraceLine } from '../../contract/diagnostics-api.ts';
import type { HeldRecipe } from '../../contract/recipes-api.ts';
import type { SlotMapView, TaughtSlots } from '../../contract/slot-map-api.ts';

interface Written {
  readonly file: string;
  readonly bytes: number;
}

export interface LiveUpkeep {
  readonly slotMap: {
    read(): Promise<SlotMapView>;
    teach(actorId: string, taught: TaughtSlots): Promise<SlotMapView>;
  };
  readonly recipes: {
    list(): HeldRecipe[];
    add(actorId: string, path: string): { recipe: HeldRecipe; known: boolean };
    check(recipeSha256: string): { imageBytes: number };
  };
  readonly cloud: {
    read(): CloudView;
    test(): Promise<{ answerMs: number; registered: number }>;
  };
  readonly practice: { open(): { opening: true } };
  readonly diagnostics: {
    trace(slot: string, after: number | null): { lines: TraceLine[]; next: number };
    saveTrace(slot: string, dir: string | null): Written;
    selfTest(): Promise<SelfCheck[]>;
    heat(): SlotHeat[];
    slotResults(slot: string): SlotResult[];
    bundle(dir: string | null): Promise<Written>;
  };
}
