/** D-Bus messages as bytes, little-endian: just what asking one question takes. No IO. */

/** A method call with at most one string argument. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly argument?: string;
}

export interface BusMessage {
  readonly kind: 'return' | 'error' | 'other';
  /** Serial of the call it answers. */
  readonly answers: number | null;
  readonly body: Buffer;
}

/** The socket of a session bus address, e.g. `unix:path=/run/bus` or `unix:abstract=/run/bus,guid=…`. */
export const socketOf = (address: string | undefined): string | null => {
  for (const part of address?.split(';') ?? []) {
    const match = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(part);
    if (match?.[1] && match[2]) return (match[1] === 'abstract' ? '\0' : '') + decodeURIComponent(match[2]);
  }
  return null;
};

const align = (length: number, to: number): number => Math.ceil(length / to) * to;
const padded = (bytes: Buffer, to: number): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(align(bytes.length, to) - bytes.length)]);

const text = (value: string): Buffer => {
  const bytes = Buffer.from(`${value}\0`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length - 1);
  return Buffer.concat([length, bytes]);
};

/** One header field: its code, the signature of its value, the value. */
const field = (code: number, signature: 'o' | 's' | 'g', value: string): Buffer => {
  const head = Buffer.from([code, 1, signature.charCodeAt(0), 0]);
  const short = Buffer.from([value.length, ...Buffer.from(value), 0]);
  return Buffer.concat([head, signature === 'g' ? short : text(value)]);
};

export const busMessage = (serial: number, call: BusCall): Buffer => {
  const body = call.argument === undefined ? Buffer.alloc(0) : text(call.argument);
  const all = [
    field(1, 'o', call.path),
    field(2, 's', call.interface),
    field(3, 's', call.member),
    field(6, 's', call.destination),
    ...(call.argument === undefined ? [] : [field(8, 'g', 's')]),
  ];
  const fields = all.reduce((sum, next) => Buffer.concat([padded(sum, 8), next]), Buffer.alloc(0));
  const head = Buffer.alloc(16);
  head.write('l', 0);
  head.writeUInt8(1, 1);
  head.writeUInt8(1, 3);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(fields.length, 12);
  return Buffer.concat([padded(Buffer.concat([head, fields]), 8), body]);
};

const KINDS = ['other', 'other', 'return', 'error'] as const;
const REPLY_SERIAL = Buffer.from([5, 1, 'u'.charCodeAt(0), 0]);

const readMessage = (header: Buffer, body: Buffer): BusMessage => {
  const at = header.indexOf(REPLY_SERIAL, 16);
  const answers = at < 0 || at + 8 > header.length ? null : header.readUInt32LE(at + 4);
  return { kind: KINDS[header.readUInt8(1)] ?? 'other', answers, body };
};

/** Splits what came from the bus into whole messages; `rest` is the start of one that is still on its way. */
export const messagesIn = (bytes: Buffer): { messages: BusMessage[]; rest: Buffer } => {
  const messages: BusMessage[] = [];
  let at = 0;
  while (bytes.length - at >= 16) {
    const headerEnd = at + align(16 + bytes.readUInt32LE(at + 12), 8);
    const end = headerEnd + bytes.readUInt32LE(at + 4);
    if (bytes.length < end) break;
    messages.push(readMessage(bytes.subarray(at, headerEnd), bytes.subarray(headerEnd, end)));
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
};

/** An array of strings, as an answer's whole body. What does not fit its own lengths ends the list. */
export const stringsIn = (body: Buffer): string[] => {
  const found: string[] = [];
  let at = 4;
  while (at + 4 <= body.length) {
    const end = at + 4 + body.readUInt32LE(at);
    if (end > body.length) break;
    found.push(body.toString('utf8', at + 4, end));
    at = align(end + 1, 4);
  }
  return found;
};
