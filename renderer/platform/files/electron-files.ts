import { type DeskFiles, type EngineFiles, FILE_LIMITS } from '#contracts/host/files-host.ts';
import type { DeskBridge, EngineBridge } from '#contracts/ipc/bridges.ts';
import { events } from '#contracts/ipc/contract.ts';
import { valueFrom } from '#renderer/platform/parse-answer.ts';

/** A window's attachments under Electron: bytes go to main piece by piece, and no path ever crosses. */
export const electronDeskFiles = ({ files, on }: Pick<DeskBridge, 'files' | 'on'>): DeskFiles => ({
  add: async ({ incidentId, name, content, onProgress }) => {
    const bytes = content.size;
    const begun = await valueFrom('files.begin', files.begin({ incidentId, name: name.slice(-1_000), bytes }));
    if (!begun.ok) return begun;
    const { addition } = begun.value;
    try {
      for (let at = 0; at < bytes; at += FILE_LIMITS.piece) {
        const piece = await content.slice(at, Math.min(bytes, at + FILE_LIMITS.piece)).arrayBuffer();
        const sent = { addition, at, bytes: new Uint8Array(piece) };
        const taken = await valueFrom('files.append', files.append(sent));
        if (!taken.ok) return taken;
        onProgress?.(at + piece.byteLength);
      }
    } catch {
      // The page could not read it: it was changed or taken away meanwhile.
      await files.abandon({ addition });
      return { ok: false, error: { code: 'contentWrong' } };
    }
    return valueFrom('files.finish', files.finish({ addition }));
  },
  state: ({ sha256s }) => valueFrom('files.state', files.state({ sha256s })),
  picture: (args) => valueFrom('files.picture', files.picture(args)),
  saveAs: (args) => valueFrom('files.saveAs', files.saveAs(args)),
  fetch: (args) => valueFrom('files.fetch', files.fetch(args)),
  onChange: (listener) => on.fileChanged((payload) => listener(events.fileChanged.payload.parse(payload))),
});

/** The engine's attachments under Electron. */
export const electronEngineFiles = ({ files, on }: Pick<EngineBridge, 'files' | 'on'>): EngineFiles => ({
  state: ({ sha256s }) => valueFrom('files.states', files.states({ sha256s })),
  upload: (args) => valueFrom('files.upload', files.upload(args)),
  download: (args) => valueFrom('files.download', files.download(args)),
  loose: (args) => valueFrom('files.loose', files.loose(args)),
  settle: (args) => valueFrom('files.settle', files.settle(args)),
  onChange: (listener) => on.fileMoved((payload) => listener(events.fileMoved.payload.parse(payload))),
});
