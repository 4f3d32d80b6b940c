import { createConnection, type Socket } from 'node:net';

/**
 * Just enough D-Bus to ask whether a name is there: Electron's own notification call would start a bus of its own,
 * or stand still for half a minute, when nobody answers.
 */

const ANSWER_WITHIN = 1_000;
const BUS = 'org.freedesktop.DBus';

/** The socket of a session bus address, e.g. `unix:path=/run/user/1000/bus` or `unix:abstract=/tmp/dbus-x,guid=…`. */
export const socketOf = (address: string | undefined): string | null => {
  for (const part of address?.split(';') ?? []) {
    const match = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(part);
    if (match?.[1] && match[2]) return (match[1] === 'abstract' ? '\0' : '') + decodeURIComponent(match[2]);
  }
  return null;
};

const align = (length: number, to: number): number => Math.ceil(length / to) * to;

const text = (value: string): Buffer => {
  const bytes = Buffer.from(`${value}\0`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length - 1);
  return Buffer.concat([length, bytes]);
};

const padded = (bytes: Buffer, to: number): Buffer => Buffer.concat([bytes, Buffer.alloc(align(bytes.length, to) - bytes.length)]);

/** One header field: its code, the signature of its value, the value. */
const field = (code: number, signature: 'o' | 's' | 'g', value: string): Buffer => {
  const head = Buffer.from([code, 1, signature.charCodeAt(0), 0]);
  const short = Buffer.from([value.length, ...Buffer.from(value), 0]);
  return Buffer.concat([head, signature === 'g' ? short : text(value)]);
};

/** A method call to the bus itself, with at most one string argument. */
export const busCall = (serial: number, member: string, argument?: string): Buffer => {
  const body = argument === undefined ? Buffer.alloc(0) : text(argument);
  const all = [
    field(1, 'o', '/org/freedesktop/DBus'),
    field(2, 's', BUS),
    field(3, 's', member),
    field(6, 's', BUS),
    ...(argument === undefined ? [] : [field(8, 'g', 's')]),
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

/** Splits what came from the bus into whole messages; `rest` is the start of one that is still on its way. */
export const messagesIn = (bytes: Buffer): { messages: { header: Buffer; body: Buffer }[]; rest: Buffer } => {
  const messages: { header: Buffer; body: Buffer }[] = [];
  let at = 0;
  while (bytes.length - at >= 16) {
    const headerEnd = at + align(16 + bytes.readUInt32LE(at + 12), 8);
    const end = headerEnd + bytes.readUInt32LE(at + 4);
    if (bytes.length < end) break;
    messages.push({ header: bytes.subarray(at, headerEnd), body: bytes.subarray(headerEnd, end) });
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
};

/** The serial a method return (type 2) answers, from header field 5. */
export const answeredSerial = (header: Buffer): number | null => {
  if (header.readUInt8(1) !== 2) return null;
  const at = header.indexOf(Buffer.from([5, 1, 'u'.charCodeAt(0), 0]), 16);
  return at < 0 ? null : header.readUInt32LE(at + 4);
};

const converse = (socket: Socket, name: string, settle: (there: boolean | null) => void) => {
  let buffer = Buffer.alloc(0);
  let authenticated = false;
  const read = () => {
    const { messages, rest } = messagesIn(buffer);
    buffer = Buffer.from(rest);
    for (const { header, body } of messages) {
      const serial = answeredSerial(header);
      if (serial === 2 && body.readUInt32LE(0) === 1) settle(true);
      if (serial === 3) settle(body.includes(text(name)));
    }
  };
  socket.on('data', (bytes) => {
    buffer = Buffer.concat([buffer, bytes]);
    if (authenticated) return read();
    const line = buffer.indexOf('\r\n');
    if (line < 0) return;
    if (!buffer.subarray(0, line).toString().startsWith('OK ')) return settle(null);
    authenticated = true;
    buffer = Buffer.from(buffer.subarray(line + 2));
    socket.write('BEGIN\r\n');
    socket.write(busCall(1, 'Hello'));
    socket.write(busCall(2, 'NameHasOwner', name));
    socket.write(busCall(3, 'ListActivatableNames'));
  });
};

/** Whether somebody on the session bus has `name` or would be started for it; null when there is no bus to ask. */
export const isOnSessionBus = (name: string, address = process.env.DBUS_SESSION_BUS_ADDRESS): Promise<boolean | null> =>
  new Promise((resolve) => {
    const path = socketOf(address);
    if (path === null) return resolve(null);
    const socket = createConnection(path);
    const settle = (there: boolean | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(there);
    };
    const timer = setTimeout(() => settle(null), ANSWER_WITHIN);
    socket.on('error', () => settle(null));
    socket.on('close', () => settle(null));
    socket.on('connect', () => {
      const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
      socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    });
    converse(socket, name, settle);
  });
