import type { Picture } from '#contracts/host/files-host.ts';

/** Longest side of a thumbnail, in device pixels. */
const SIDE = 192;
/** Pictures of more pixels are not drawn: unpacked, they would take all the memory of a window. */
const MOST_PIXELS = 50_000_000;

const loaded = (address: string): Promise<HTMLImageElement> =>
  new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('no picture'));
    image.src = address;
  });

/**
 * A small PNG of a picture, or null when it is none that can be drawn. It is unpacked here, in a page that is shut off
 * from the machine, and never in main; of what moves, the first frame.
 */
export async function thumbnailOf({ mediaType, bytes }: Picture): Promise<Blob | null> {
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mediaType }));
  try {
    // A size stands at the beginning of a picture: nothing is unpacked before it is drawn.
    const image = await loaded(address);
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width === 0 || height === 0 || width * height > MOST_PIXELS) return null;
    const scale = Math.min(1, SIDE / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}
