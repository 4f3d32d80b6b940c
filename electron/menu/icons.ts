import { type NativeImage, nativeImage } from 'electron';
import { ICON_32, ICON_64 } from '#electron/menu/icon-data.ts';

const image = (base64: string): NativeImage => nativeImage.createFromBuffer(Buffer.from(base64, 'base64'));

export const trayIcon = (): NativeImage =>
  process.platform === 'darwin' ? image(ICON_32).resize({ width: 18 }) : image(ICON_32);
export const windowIcon = (): NativeImage => image(ICON_64);
