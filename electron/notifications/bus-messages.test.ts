import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BusCall, busMessage, messagesIn, socketOf, stringsIn } from '#electron/notifications/bus-messages.ts';

const call: BusCall = { destination: 'a.b', path: '/a', interface: 'a.b', member: 'M', argument: 'x.y' };

describe('the address of a session bus', () => {
  test.each([
    ['unix:path=/run/bus', '/run/bus'],
    ['unix:path=/run/bus,guid=0123', '/run/bus'],
    ['unix:abstract=/run/bus,guid=0123', '\0/run/bus'],
    ['unix:guid=0123,path=/run/the%20bus', '/run/the bus'],
    ['tcp:host=localhost,port=1;unix:path=/run/second', '/run/second'],
  ])('%s names a socket', (address, path) => {
    expect(socketOf(address)).toBe(path);
  });

  test.each([undefined, '', 'disabled:', 'autolaunch:', 'tcp:host=localhost,port=1'])('%s names none', (address) => {
    expect(socketOf(address)).toBeNull();
  });
});

describe('bus messages', () => {
  test('a call is one whole message with its parts where the specification has them', () => {
    const bytes = busMessage(2, call);
    expect(bytes.subarray(0, 4)).toEqual(Buffer.from(['l'.charCodeAt(0), 1, 0, 1]));
    expect(bytes.readUInt32LE(8)).toBe(2);
    const { messages, rest } = messagesIn(bytes);
    expect(messages).toHaveLength(1);
    expect(rest).toHaveLength(0);
    expect(messages[0]?.body.toString('utf8', 4, 7)).toBe('x.y');
  });

  test('messages arrive in any pieces', () => {
    const all = Buffer.concat([busMessage(1, call), busMessage(2, call), busMessage(3, call)]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: all.length }), (cut) => {
        const first = messagesIn(all.subarray(0, cut));
        const second = messagesIn(Buffer.concat([first.rest, all.subarray(cut)]));
        expect(first.messages.length + second.messages.length).toBe(3);
      }),
    );
  });

  test('a list of strings is read, and a damaged one ends where it stops to make sense', () => {
    const text = (value: string) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(value.length);
      const bytes = Buffer.concat([length, Buffer.from(`${value}\0`)]);
      return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    };
    const body = Buffer.concat([Buffer.alloc(4), text('body'), text('body-markup'), text('actions')]);
    expect(stringsIn(body)).toEqual(['body', 'body-markup', 'actions']);
    expect(stringsIn(body.subarray(0, body.length - 4))).toEqual(['body', 'body-markup']);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => Array.isArray(stringsIn(Buffer.from(bytes)))));
  });
});
