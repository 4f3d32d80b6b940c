import { z } from 'zod';
import { signedInUser } from '#contracts/api/auth.ts';
import type { Offers, TokenKeeping } from '#contracts/host/network.ts';
import { createSerial } from '#electron/storage/serial.ts';

/** A small file that is replaced whole, as `jsonFile` makes it. */
export interface KeptFile {
  read(): unknown;
  /** On disk when it resolves. */
  write(value: unknown): Promise<void>;
}

/** The system's key store. */
export interface Vault {
  /** False where there is none, or only one that everybody can open. */
  available(): boolean;
  /** Null when the key can't be had just now. */
  seal(text: string): string | null;
  /** Null when it was sealed by another key, or is damaged. */
  unseal(sealed: string): string | null;
}

const keptPerson = z.looseObject({
  user: signedInUser,
  device: z.string(),
  block: z.exactOptional(z.string().nullable()),
  sealed: z.string().nullable(),
  revoked: z.exactOptional(z.boolean()),
});
const offers: z.ZodType<Offers> = z.object({ password: z.boolean(), browser: z.string().nullable() });
const keptNetwork = z.looseObject({
  version: z.literal(1),
  address: z.string(),
  people: z.array(keptPerson),
  offers: z.exactOptional(offers),
});
/** A token names the server it is for: an address that somebody changed in the file gets none. */
const secret = z.strictObject({ address: z.string(), refreshToken: z.string() });

export interface KeptPerson {
  readonly user: z.infer<typeof signedInUser>;
  readonly device: string;
  readonly block: string | null;
  readonly refreshToken: string | null;
  /** The server said that somebody ended the session on purpose. */
  readonly revoked: boolean;
}
export interface KeptNetwork {
  readonly address: string;
  readonly people: readonly KeptPerson[];
  readonly offers: Offers;
}

/** What a server offers that has not said. */
export const PASSWORD_ONLY: Offers = { password: true, browser: null };

/** What is known of the way to the server, on disk: the address, who signed in, and their tokens under the system's key. */
export class Kept {
  private readonly file: KeptFile;
  private readonly vault: Vault;
  private readonly inTurn = createSerial();
  private written = true;
  private hasKey = true;

  constructor(file: KeptFile, vault: Vault) {
    this.file = file;
    this.vault = vault;
  }

  get keeping(): TokenKeeping {
    if (!this.vault.available() || !this.hasKey) return 'noEncryption';
    return this.written ? 'kept' : 'notWritten';
  }

  /** Null when this desk works alone, or nobody can read what was kept. */
  read(): KeptNetwork | null {
    const read = keptNetwork.safeParse(this.file.read());
    if (!read.success) return null;
    const { address, people, offers = PASSWORD_ONLY } = read.data;
    return {
      address,
      offers,
      people: people.map(({ user, device, block = null, sealed, revoked = false }) => ({
        user,
        device,
        block,
        revoked,
        refreshToken: this.open(sealed, address),
      })),
    };
  }

  /** Resolves when it is on disk, or the disk did not take it: `keeping` says which. */
  write(network: KeptNetwork | null): Promise<void> {
    const value = network === null ? null : this.sealed(network);
    return this.inTurn(async () => {
      this.written = await this.file.write(value).then(
        () => true,
        () => false,
      );
    });
  }

  settled(): Promise<void> {
    return this.inTurn(async () => undefined);
  }

  private sealed({ address, people, offers }: KeptNetwork): z.infer<typeof keptNetwork> {
    this.hasKey = true;
    const seal = (refreshToken: string | null): string | null => {
      if (refreshToken === null || !this.vault.available()) return null;
      const sealed = this.vault.seal(JSON.stringify({ address, refreshToken } satisfies z.infer<typeof secret>));
      this.hasKey &&= sealed !== null;
      return sealed;
    };
    const kept = people.map(({ user, device, block, refreshToken, revoked }) => ({
      user,
      device,
      block,
      revoked,
      sealed: seal(refreshToken),
    }));
    return { version: 1, address, people: kept, offers };
  }

  private open(sealed: string | null, address: string): string | null {
    const text = sealed === null || !this.vault.available() ? null : this.vault.unseal(sealed);
    if (text === null) return null;
    try {
      const read = secret.safeParse(JSON.parse(text));
      return read.success && read.data.address === address ? read.data.refreshToken : null;
    } catch {
      return null;
    }
  }
}
