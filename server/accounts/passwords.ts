import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** What OWASP asks of argon2id, which is this library's default kind. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface Passwords {
  /** How many are being hashed or wait for it. */
  readonly busy: number;
  hash(password: string): Promise<string>;
  /** With no hash to compare with it takes as long and answers false. */
  isRight(password: string, kept: string | null): Promise<boolean>;
}

/** One way to write an accent is as good as another: two keyboards may differ in it. */
const bytesOf = (password: string) => Buffer.from(password.normalize('NFKC'), 'utf8');

export async function createPasswords(): Promise<Passwords> {
  const nobodys = await hash(randomBytes(32), COST);
  let busy = 0;
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    busy += 1;
    return work.finally(() => {
      busy -= 1;
    });
  };
  return {
    get busy() {
      return busy;
    },
    hash: (password) => counted(hash(bytesOf(password), COST)),
    isRight: async (password, kept) => {
      const right = await counted(verify(kept ?? nobodys, bytesOf(password)));
      return right && kept !== null;
    },
  };
}
