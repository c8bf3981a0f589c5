// Makes a cue heard: one oscillator a tone.
import { CUES, type Cue, GAP_MS } from './cues.ts';

/** Tone's edges, so that it does not click. */
const EDGE_S = 0.008;

export interface Sounder {
  /** `loudness` 0 (silent) to 1. */
  play(cue: Cue, loudness: number): void;
}

/** Takes the computer's sound output at the first cue, not before. */
export function sounder(): Sounder {
  let output: AudioContext | null = null;
  return {
    play(cue, loudness) {
      if (loudness <= 0) return;
      output ??= new AudioContext();
      // A window that nobody touched yet may be kept silent: what was seen stays seen.
      void output.resume();
      let startS = output.currentTime;
      for (const tone of CUES[cue].tones) {
        const endS = startS + tone.lengthMs / 1_000;
        const oscillator = new OscillatorNode(output, { frequency: tone.fromHz });
        const gain = new GainNode(output, { gain: 0 });
        oscillator.frequency.setValueAtTime(tone.fromHz, startS);
        oscillator.frequency.linearRampToValueAtTime(tone.toHz, endS);
        gain.gain.setValueAtTime(0, startS);
        // Ears hear loudness by its square root.
        gain.gain.linearRampToValueAtTime(loudness ** 2, startS + EDGE_S);
        gain.gain.setValueAtTime(loudness ** 2, endS - EDGE_S);
        gain.gain.linearRampToValueAtTime(0, endS);
        oscillator.connect(gain).connect(output.destination);
        oscillator.start(startS);
        oscillator.stop(endS);
        startS = endS + GAP_MS / 1_000;
      }
    },
  };
}
