import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from './harness/fixtures.ts';

test('no page reaches a relay or an address server through WebRTC, over UDP or TCP', async ({ page }) => {
  let heard = 0;
  const hear = () => {
    heard += 1;
  };
  const udp = createSocket('udp4').on('message', hear).bind(0, '127.0.0.1');
  const tcp = createServer((socket) => void socket.on('error', () => undefined))
    .on('connection', hear)
    .listen(0, '127.0.0.1');
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  const ports = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port };
  await page.evaluate(async (port) => {
    const connection = new RTCPeerConnection({
      iceServers: [
        { urls: `stun:127.0.0.1:${port.udp}` },
        { urls: `turn:127.0.0.1:${port.udp}?transport=udp`, username: 'what was read', credential: 'x' },
        { urls: `turn:127.0.0.1:${port.tcp}?transport=tcp`, username: 'what was read', credential: 'x' },
      ],
    });
    connection.createDataChannel('out');
    await connection.setLocalDescription(await connection.createOffer());
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    connection.close();
  }, ports);
  udp.close();
  tcp.close();
  expect(heard).toBe(0);
});
