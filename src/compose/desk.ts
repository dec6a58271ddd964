import { unlink } from 'node:fs/promises';
import { CannotOpen, type GlobalOptions, type OpenDesk } from '../cli/context.ts';
import { configFromJson } from '../config/config-schema.ts';
import type { Config } from '../domain/config.ts';
import { initStore } from '../store/sqlite/init-store.ts';
import { type OpenDeps, openStore } from '../store/sqlite/open-store.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { sha256 } from '../system/hash.ts';
import { timeSortedIds } from '../system/ids.ts';
import { here, holderName, isGone } from '../system/processes.ts';
import { answersFrom } from './answers.ts';
import { type Located, locate } from './config-file.ts';
import { patient } from './health-check-turns.ts';
import { whoIsHere } from './identity.ts';
import { liveMount, type Mount } from './mount.ts';
import { composeProduct, type Product } from './product.ts';

export interface Desk extends OpenDesk {
  readonly product: Product;
  readonly mount: Mount;
  readonly located: Located;
}

const inForce = async (product: Product): Promise<Config | null> => {
  try {
    const { config } = await product.fleet();
    return config === null ? null : configFromJson(config.config);
  } catch {
    return null;
  }
};

/** The product over a store that is open already. */
export const deskOver = async (store: Store, located: Located, mount: Mount): Promise<Desk> => {
  const product: Product = composeProduct({
    store,
    mount,
    readConfigFile: async () => (await locate({ configFile: located.path })).file,
    answers: answersFrom(async () => (await product.world())?.config ?? null, mount),
    holder: holderName(here(), mount.random),
  });
  const presented = await whoIsHere(await inForce(product), mount);
  return {
    product,
    mount,
    located,
    // A fresh process knows few of the vendor's checks at once; each gets its turn before a plan calls it unknown.
    deps: { ...product.deps, gather: patient(product.deps.gather, mount.clock) },
    presented,
    door: 'cli',
    execute: async (signal) => (await product.executor({}, { tell: () => {} })).run(signal),
    close: async () => store.close(),
  };
};

export const cannotOpen = (error: unknown): CannotOpen => {
  if (error instanceof CannotOpen) return error;
  if (error instanceof StoreError) {
    return new CannotOpen([`${error.message}.`], { cause: error });
  }
  throw error;
};

/** A store in a file is a store of one host: whether the process that holds its lease still runs can be seen here. */
const storeDeps = ({ clock }: Mount): OpenDeps => {
  const self = here();
  return { clock, hash: sha256, isGone: (holder) => isGone(holder, self) };
};

export const openDesk = async (options: GlobalOptions, mount: Mount = liveMount()): Promise<Desk> => {
  const located = await locate(options);
  try {
    return await deskOver(openStore(located.storePath, storeDeps(mount)), located, mount);
  } catch (error) {
    throw cannotOpen(error);
  }
};

/** Makes the store that the config names; nothing is in force in it yet. */
export const createDesk = async (options: GlobalOptions): Promise<Desk & { abandon(): Promise<void> }> => {
  const mount = liveMount();
  const located = await locate(options);
  try {
    const storeId = timeSortedIds(mount.clock, mount.random).next('store');
    const store = initStore(located.storePath, { storeId, region: located.storeRegion }, storeDeps(mount));
    const desk = await deskOver(store, located, mount);
    return {
      ...desk,
      abandon: async () => {
        await desk.close();
        await Promise.all(['', '-wal', '-shm'].map((end) => unlink(`${located.storePath}${end}`).catch(() => {})));
      },
    };
  } catch (error) {
    throw cannotOpen(error);
  }
};
