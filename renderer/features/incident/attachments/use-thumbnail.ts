import { useEffect, useState } from 'react';
import { isPicture } from '#contracts/files/content-type.ts';
import type { Attachment } from '#domain/incident/attachments.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import { thumbnailOf } from './thumbnail.ts';

/** Thumbnails made in this window, by hash: an incident is opened more often than its pictures change. */
const made = new Map<string, string>();
const MOST = 200;

function keep(sha256: string, thumbnail: Blob): string {
  const address = URL.createObjectURL(thumbnail);
  made.set(sha256, address);
  const [oldest] = made.keys();
  if (made.size > MOST && oldest !== undefined) {
    URL.revokeObjectURL(made.get(oldest) ?? '');
    made.delete(oldest);
  }
  return address;
}

/** The address of a small picture of an attachment that is here; null for everything else. */
export function useThumbnail({ sha256, mediaType }: Attachment, here: boolean): string | null {
  const { files } = useHost();
  const [address, setAddress] = useState<string | null>(made.get(sha256) ?? null);
  useEffect(() => {
    if (!here || !isPicture(mediaType) || made.has(sha256)) return setAddress(made.get(sha256) ?? null);
    let wanted = true;
    const draw = async () => {
      const picture = await files.picture({ sha256 });
      const thumbnail = picture && (await thumbnailOf(picture));
      if (wanted && thumbnail) setAddress(made.get(sha256) ?? keep(sha256, thumbnail));
    };
    void draw().catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [files, sha256, mediaType, here]);
  return address;
}
