// How the cloud stands, in one word: as its last answer says, or a test that is newer than that.
import type { CloudView } from '../../contract/cloud-api.ts';

export interface Tested {
  readonly ok: boolean;
  /** When the last answer before it ended, UTC milliseconds; null without one. */
  readonly afterMs: number | null;
}

export type CloudWord = 'locked' | 'unasked' | 'answers' | 'silent';

export function cloudWord({ last, keyOpen }: Pick<CloudView, 'last' | 'keyOpen'>, tested: Tested | null): CloudWord {
  if (!keyOpen) return 'locked';
  const isNewest = tested !== null && tested.afterMs === (last?.timeMs ?? null);
  const answers = isNewest ? tested.ok : last === null ? null : last.code === null;
  if (answers === null) return 'unasked';
  return answers ? 'answers' : 'silent';
}
