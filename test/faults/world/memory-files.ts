// A folder of firmware and recipes that outlives a station's program.
import type { LotFiles } from '../../../station/line/lot-files.ts';

export function memoryFiles(): LotFiles {
  const images = new Map<string, Uint8Array>();
  const recipes = new Map<string, string>();
  const kept = (sha256: string) => {
    const text = recipes.get(sha256);
    return text === undefined ? null : { sha256, text };
  };
  return {
    keepFirmware: (sha256, bytes) => void images.set(sha256, bytes),
    firmware: (sha256) => images.get(sha256) ?? null,
    keepRecipe: (sha256, text) => void recipes.set(sha256, text),
    recipe: kept,
    recipes: () => [...recipes].map(([sha256, text]) => ({ sha256, text })),
  };
}
