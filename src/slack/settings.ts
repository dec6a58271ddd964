import type { Config, SlackConfig } from '../domain/config.ts';

/** A config that has Slack. */
export type SlackSettings = Config & { readonly slack: SlackConfig };

export const hasSlack = (config: Config | null): config is SlackSettings => config?.slack !== undefined;

/** The config in force, or the last that could be read: nobody may be kept from holding by a config that cannot be. */
export class Settings {
  readonly #read: () => Promise<Config | null>;
  #last: SlackSettings;

  constructor(first: SlackSettings, read: () => Promise<Config | null>) {
    this.#last = first;
    this.#read = read;
  }

  /** Without looking. */
  get last(): SlackSettings {
    return this.#last;
  }

  async current(): Promise<SlackSettings> {
    try {
      const config = await this.#read();
      if (hasSlack(config)) this.#last = config;
    } catch {
      // The last one that could be read counts.
    }
    return this.#last;
  }
}
