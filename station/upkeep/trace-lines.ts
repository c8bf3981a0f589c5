// The bytes of a slot's cable as lines that a person reads: what each message asks or answers, and its bytes where none of
// them can be a secret. Which commands those are is a list; whatever is not on it is masked.
import type { TraceLine, TraceTopic } from '../../contract/diagnostics-api.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP } from '../../protocol/identity-group.ts';
import { FrameDecoder } from '../../protocol/smp-frame.ts';
import { SMP_HEADER_BYTES, SMP_OP } from '../../protocol/smp-header.ts';
import { decodeSmpMessage } from '../../protocol/smp-message.ts';
import {
  FILE_GROUP,
  IMAGE_COMMAND,
  IMAGE_GROUP,
  OS_COMMAND,
  OS_GROUP,
  readSmpError,
  SETTINGS_GROUP,
  SHELL_GROUP,
} from '../../protocol/standard-groups.ts';
import type { TraceChunk } from '../port/port-traces.ts';
import { maskedText } from './masked-text.ts';

/** As the station's own client: station/smp/smp-client.ts. */
const MAX_MESSAGE_BYTES = 8192;
/** Of a message, as hex: two lines of the trace. */
const SHOWN_BYTES = 64;
/** Of a line of text, characters: the same. */
const SHOWN_TEXT = 200;

const TOPICS: readonly (readonly [group: number, command: number | null, topic: TraceTopic])[] = [
  [OS_GROUP, OS_COMMAND.echo, 'os-echo'],
  [OS_GROUP, OS_COMMAND.reset, 'os-reset'],
  [OS_GROUP, OS_COMMAND.params, 'os-params'],
  [OS_GROUP, OS_COMMAND.info, 'os-info'],
  [IMAGE_GROUP, IMAGE_COMMAND.state, 'image-state'],
  [IMAGE_GROUP, IMAGE_COMMAND.upload, 'image-upload'],
  [SETTINGS_GROUP, null, 'settings'],
  [FILE_GROUP, null, 'file'],
  [SHELL_GROUP, null, 'shell'],
  [IDENTITY_GROUP, IDENTITY_COMMAND.status, 'status'],
  [IDENTITY_GROUP, IDENTITY_COMMAND.keygen, 'keygen'],
  [IDENTITY_GROUP, IDENTITY_COMMAND.csr, 'csr'],
  [IDENTITY_GROUP, IDENTITY_COMMAND.injectOpen, 'inject-open'],
  [IDENTITY_GROUP, IDENTITY_COMMAND.inject, 'inject'],
  [IDENTITY_GROUP, IDENTITY_COMMAND.item, 'item'],
  [IDENTITY_GROUP, IDENTITY_COMMAND.prove, 'prove'],
  [IDENTITY_GROUP, IDENTITY_COMMAND.lock, 'lock'],
];

/**
 * Their payloads are public by the device protocol. Not among them: keys on their way, nonces and what answers them, firmware,
 * and settings, files and shells, which may hold anything.
 */
const PUBLIC: ReadonlySet<TraceTopic> = new Set([
  'os-reset',
  'os-params',
  'image-state',
  'status',
  'csr',
  'item',
  'lock',
] satisfies TraceTopic[]);

/** The oldest first. A message, and a line of text, count as of the chunk that completed them. */
export function traceLines(chunks: readonly TraceChunk[]): TraceLine[] {
  const ways = { out: new Way('out', chunks), in: new Way('in', chunks) };
  return chunks.flatMap(({ seq, timeMs, way, bytes }) => {
    const told =
      way === 'opened' || way === 'closed'
        ? [...ways.out.rest(), ...ways.in.rest(), { ...EMPTY, kind: way }]
        : ways[way].push(bytes);
    return told.map((line, part) => ({ seq, part, timeMs, ...line }));
  });
}

const EMPTY = { topic: null, offset: null, rc: null, length: 0, bytes: '', masked: 0 } as const;
/** Of a line of text; a longer one has no end, and nobody knows what it holds. */
const MAX_TEXT_BYTES = 1024;
const LF = 0x0a;

/** One direction. Text waits for its end: a key that comes in pieces would pass the mask piece by piece. */
class Way {
  readonly #way: 'out' | 'in';
  readonly #decoder = new FrameDecoder(MAX_MESSAGE_BYTES);
  #text: number[] = [];
  /** The beginning of this line is forgotten. */
  #cut: boolean;

  constructor(way: 'out' | 'in', chunks: readonly TraceChunk[]) {
    this.#way = way;
    this.#cut = chunks[0]?.way !== 'opened';
  }

  push(bytes: Uint8Array): Told[] {
    return this.#decoder.push(bytes).flatMap((item): Told[] => {
      if (item.kind === 'message') return [...this.rest(), messageLine(item.message, this.#way)];
      if (item.reason.startsWith('text')) return this.#take(item.bytes);
      const { length } = item.bytes;
      // Of a broken packet nobody knows what it held.
      return [...this.rest(), { ...EMPTY, kind: 'damaged', length, masked: length }];
    });
  }

  #take(bytes: Uint8Array): Told[] {
    const told: Told[] = [];
    for (const byte of bytes) {
      if (byte === LF || this.#text.length === MAX_TEXT_BYTES) {
        this.#cut ||= byte !== LF;
        told.push(...this.rest());
        this.#cut = byte !== LF;
      }
      if (byte !== LF) this.#text.push(byte);
    }
    return told;
  }

  /** What waits, as a line of text. */
  rest(): Told[] {
    const [bytes, cut] = [Uint8Array.from(this.#text), this.#cut];
    this.#text = [];
    this.#cut = false;
    const { length } = bytes;
    if (cut && length > 0) return [{ ...EMPTY, kind: 'text', length, masked: length }];
    const { text, masked } = maskedText(new TextDecoder().decode(bytes));
    return text === '' ? [] : [{ ...EMPTY, kind: 'text', length, bytes: text.slice(0, SHOWN_TEXT), masked }];
  }
}

type Told = Omit<TraceLine, 'seq' | 'part' | 'timeMs'>;

function messageLine(message: Uint8Array, way: 'out' | 'in'): Told {
  const { length } = message;
  const decoded = decodeSmpMessage(message);
  const { header } = decoded;
  if (header === undefined) return { ...EMPTY, kind: 'damaged', length, masked: length };
  const isAsk = header.op === SMP_OP.read || header.op === SMP_OP.write;
  const kind = isAsk || way === 'out' ? 'ask' : 'answer';
  const topic = topicOf(header.group, header.command);
  const payload = 'payload' in decoded ? decoded.payload : {};
  const open = 'payload' in decoded && PUBLIC.has(topic);
  const shown = open ? message : message.subarray(0, SMP_HEADER_BYTES);
  return {
    ...{ kind, topic, length },
    offset: typeof payload.off === 'number' ? payload.off : null,
    rc: isAsk ? null : (readSmpError(payload)?.rc ?? null),
    bytes: hexPairs(shown.subarray(0, SHOWN_BYTES)),
    masked: length - shown.length,
  };
}

function topicOf(group: number, command: number): TraceTopic {
  return TOPICS.find(([its, one]) => its === group && (one === null || one === command))?.[2] ?? 'unknown';
}

function hexPairs(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
