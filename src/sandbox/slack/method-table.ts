import { APP } from './methods/app.ts';
import { CHAT } from './methods/chat.ts';
import { CONVERSATIONS } from './methods/conversations.ts';
import { DIRECTORY } from './methods/directory.ts';
import { FILES } from './methods/files.ts';
import type { Method } from './methods/method.ts';
import { VIEWS } from './methods/views.ts';

/** Every method of the Web API that the workspace knows; any other is `unknown_method`. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...APP, ...CHAT, ...CONVERSATIONS, ...DIRECTORY, ...FILES, ...VIEWS }),
);
