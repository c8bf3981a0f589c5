// Stage times as a job's row holds them. They are for people: what cannot be read is not told.
import { z } from 'zod';
import { StageTime } from '../../domain/station-event.ts';

const Stages = z.array(StageTime);

export function readStages(text: string | null): readonly StageTime[] | null {
  if (text === null) return null;
  const json: unknown = JSON.parse(text);
  return Stages.safeParse(json).data ?? null;
}
