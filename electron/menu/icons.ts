import { type NativeImage, nativeImage } from 'electron';
import { withDot } from '#electron/menu/badge-dot.ts';
import { ICON_32, ICON_64 } from '#electron/menu/icon-data.ts';

const image = (base64: string): NativeImage => nativeImage.createFromBuffer(Buffer.from(base64, 'base64'));

/** The bell beside the clock; with a dot while there are alerts. */
export const trayIcon = (hasAlerts: boolean): NativeImage => {
  const plain = process.platform === 'darwin' ? image(ICON_32).resize({ width: 18 }) : image(ICON_32);
  if (!hasAlerts) return plain;
  const { data, ...size } = withDot({ data: plain.toBitmap(), ...plain.getSize() });
  return nativeImage.createFromBitmap(data, size);
};
export const windowIcon = (): NativeImage => image(ICON_64);
