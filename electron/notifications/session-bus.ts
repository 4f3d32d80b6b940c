import { createConnection, type Socket } from 'node:net';
import {
  type BusCall,
  type BusMessage,
  busMessage,
  messagesIn,
  socketOf,
} from '#electron/notifications/bus-messages.ts';

/** A daemon that has to be started for the call needs its time; one that hangs must not take ours. */
const ANSWER_WITHIN = 3_000;

const CALL_SERIAL = 2;
const hello: BusCall = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'Hello',
};

const converse = (socket: Socket, call: BusCall, settle: (answer: BusMessage | null) => void) => {
  let buffer = Buffer.alloc(0);
  let authenticated = false;
  socket.on('data', (bytes) => {
    buffer = Buffer.concat([buffer, bytes]);
    if (!authenticated) {
      const line = buffer.indexOf('\r\n');
      if (line < 0) return;
      if (!buffer.subarray(0, line).toString().startsWith('OK ')) return settle(null);
      authenticated = true;
      buffer = buffer.subarray(line + 2);
      socket.write('BEGIN\r\n');
      socket.write(busMessage(1, hello));
      socket.write(busMessage(CALL_SERIAL, call));
    }
    const { messages, rest } = messagesIn(buffer);
    buffer = Buffer.from(rest);
    const answer = messages.find((message) => message.answers === CALL_SERIAL);
    if (answer) settle(answer);
  });
};

/**
 * Makes one call on the session bus and resolves with the answer, an error's included; null when there is no bus or
 * nobody answers in time. Electron's own notification call would start a bus of its own in the first case, and
 * stand still for half a minute in the second.
 */
export const callOnSessionBus = (
  call: BusCall,
  address = process.env.DBUS_SESSION_BUS_ADDRESS,
): Promise<BusMessage | null> =>
  new Promise((resolve) => {
    const path = socketOf(address);
    if (path === null) return resolve(null);
    const socket = createConnection(path);
    const settle = (answer: BusMessage | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => settle(null), ANSWER_WITHIN);
    socket.on('error', () => settle(null));
    socket.on('close', () => settle(null));
    socket.on('connect', () => {
      const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
      socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    });
    converse(socket, call, settle);
  });

/** Whether somebody on the session bus has this name just now. */
export const isOnSessionBus = async (name: string): Promise<boolean> => {
  const answer = await callOnSessionBus({ ...hello, member: 'NameHasOwner', argument: name });
  return answer?.kind === 'return' && answer.body.length >= 4 && answer.body.readUInt32LE(0) === 1;
};
